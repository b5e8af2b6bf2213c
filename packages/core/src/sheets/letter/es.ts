/** The letter to heirs in Spanish, in words that both sides of the ocean use. */
import { plural } from './grammar.js'
import type { LetterTexts, Part } from './texts.js'

const language = 'es'

function takes({ least, of, names }: Part): string {
  if (of === 1) return `hace falta esta pieza: ${names}`
  if (least === of) return `hacen falta todas estas piezas: ${names}`
  if (least === 1) return `basta con una cualquiera de estas ${of} piezas: ${names}`
  return `hacen falta ${least} cualesquiera de estas ${of} piezas: ${names}`
}

export const spanish: LetterTexts = {
  language,
  title: 'Para quienes vengan después de mí',
  subtitle: 'Una carta sobre el dinero digital que dejo y sobre cómo llegar a él',
  footer: 'Carta a mis herederos',
  opening: [
    'Si estás leyendo esto, es porque ya no puedo ocuparme de estas cosas. Tómate tu tiempo. Nada de lo que hay aquí corre prisa: lo que dejo no se estropea, y te espera.',
    'No necesitas saber de computadoras para entender esta carta. Para algunos pasos hará falta una persona paciente que sí sepa; más abajo te digo cómo elegirla.',
  ],
  rules: {
    title: 'Dos reglas antes que nada',
    lines: [
      'No tires nada: ni un papel, ni una llave, ni un teléfono, ni una computadora, ni una memoria USB, por viejos que parezcan, hasta que todo haya terminado. Puede que no exista otra copia.',
      'No le enseñes a nadie lo que está escrito en mis hojas, salvo a la persona que se siente a tu lado para ayudarte. Ningún banco, ninguna tienda, ningún servicio técnico y ninguna autoridad lo necesita jamás. Quien llame o escriba para pedirlo quiere robar, por amable que suene y por mucho que sepa de mí.',
    ],
  },
  about: {
    title: 'De qué se trata',
    intro:
      'Tengo dinero digital. No lo guarda ningún banco: es de quien tiene sus llaves. Guardo esas llaves en lo que se llama una bóveda, un conjunto de archivos cerrados que para cualquier otra persona no son más que ruido. Más abajo se dice dónde están sus copias.',
    vault: 'La bóveda se abre cuando se reúnen suficientes piezas.',
    need: (part) => `Para abrirla ${takes(part)}.`,
    groups: (least, of) => {
      const some = plural(language, least, { one: 'basta con uno', other: `hacen falta ${least}` })
      return `Las piezas forman ${of} grupos, y ${least === of ? 'hacen falta todos' : some}.`
    },
    group: (name, part) => `Del grupo «${name}» ${takes(part)}.`,
    harmless:
      'Una pieza sola no abre nada: si la encuentra un desconocido, no le sirve. Aun así, cuida bien cada una.',
    guard:
      'Algunas de las cosas que se enumeran abajo bastan por sí solas: quien las tiene, tiene el dinero. Guarda cada pieza como guardarías dinero en efectivo.',
    wallets: (count, names) =>
      plural(language, count, {
        one: `Dentro de la bóveda hay una cartera (así se llaman los programas para este dinero): ${names}.`,
        other: `Dentro de la bóveda hay ${count} carteras (así se llaman los programas para este dinero): ${names}.`,
      }),
  },
  pieces: {
    title: 'Quién tiene qué',
    intro: 'Pide cada pieza en persona. Que nadie le saque una foto ni la lea por teléfono.',
    mine: 'Entre mis cosas',
    copies: 'Copias de la bóveda',
    lies: (name, at) => `${name}, en este lugar: ${at}`,
    seen: (day) => `se vio allí el ${day}`,
    folder: 'una carpeta de archivos cerrados, en este disco o en esta computadora',
    provider: 'archivos cerrados en un proveedor, que pide su propio acceso; con un disco es más sencillo',
    copy: (address, about) => `${address}: ${about}`,
    also: '; ',
    kinds: {
      sheet: 'una hoja de recuperación: una página con 33 palabras numeradas y el título «Recovery sheet»',
      passphrase: 'una frase de contraseña, es decir, una contraseña larga',
      computer: 'mi computadora, cuya propia llave es una pieza',
      tpm: 'mi computadora, cuya propia llave es una pieza',
      passkey: 'una llave de acceso (passkey), guardada en un teléfono o una computadora',
      person: 'una llave propia, en la computadora de esa persona',
      plugin: 'un aparato con una llave dentro',
      pkcs11: 'un aparato con una llave dentro',
      store: 'una copia de la bóveda, cerrada',
      phrase: 'las palabras de una cartera: una página con 12 o 24 palabras que vale todo lo que hay en ella',
      share: 'una parte de las palabras de una cartera; hacen falta varias juntas',
      device: 'un aparato que firma pagos',
      recovery: 'un archivo con dos pagos que firmé por adelantado',
    },
  },
  needed: {
    title: 'Qué es suficiente',
    way: 'Esto es lo que hace falta. Busca cada pieza hasta encontrarla.',
    ways: 'Cada una de estas líneas basta por sí sola. Si no encuentras una pieza, prueba con otra línea.',
    more: (count) =>
      plural(language, count, { one: 'y una combinación más.', other: `y ${count} combinaciones más.` }),
    none: 'Con las piezas de esta lista nadie puede entrar sin mí. Por si no llegué a completarla, busca entre mis papeles otra hoja o una nota con una frase de contraseña.',
  },
  steps: {
    title: 'Paso a paso',
    lines: [
      'Lee esta carta hasta el final antes de hacer nada.',
      'Elige a una persona que te ayude: alguien a quien conozcas desde hace años y que se maneje bien con las computadoras. No a quien se ofrezca sin que se lo pidas. Quédate a su lado mientras trabaja y no sueltes los papeles.',
      'Reúne las piezas que pide una de las líneas de arriba y una copia de la bóveda. Una copia es una carpeta que contiene un archivo README.txt.',
      'Usa una computadora que funcione bien y esté actualizada. Apaga todo lo que comparta su pantalla. Consigue el programa Cairn. El archivo README.txt de la copia explica, en inglés, cómo se usa y cómo se hace sin ese programa.',
      'La persona que te ayuda abre una ventana de comandos y escribe la línea de abajo, con el lugar de la copia en vez de COPY y una carpeta nueva en vez de NEW-FOLDER. El programa pide entonces las piezas, en inglés, una tras otra. Equivocarse no hace daño: vuelve a preguntar.',
      'Al terminar, la carpeta nueva contiene las carteras. La persona que te ayuda abre cada una con el programa que figura junto a su nombre, más arriba. Si alguna pide su propia contraseña, búscala entre mis papeles. Antes de hacer cualquier otra cosa, mira qué hay dentro.',
      'Pasa el dinero a una cartera que sea solo tuya, recién creada y con sus palabras escritas en papel de tu mano. Envía primero una cantidad pequeña, espera a que llegue y después envía el resto.',
      'Solo cuando haya llegado todo, y no antes, puedes destruir mis hojas.',
    ],
  },
  signed: {
    title: 'Lo que firmé por adelantado',
    line: (file, days, to) =>
      `El archivo ${file} contiene dos pagos que no necesitan ninguna pieza. Una vez enviado el primero, el segundo, a ${to}, será posible ${plural(language, days, { one: 'más o menos un día', other: `unos ${days} días` })} después. Puede enviarlos alguien que sepa de Bitcoin.`,
  },
  ask: {
    title: 'A quién preguntar',
    intro: 'Estas personas me conocen y pueden ayudarte. No tienen más llaves que las que figuran arriba.',
  },
  closing: {
    title: 'De mi puño y letra',
    written: (day) =>
      `Carta escrita el ${day}. No contiene ningún secreto: puede guardarse junto a un testamento. Si encuentras dos, vale la más reciente.`,
    name: 'Nombre y firma',
  },
}
