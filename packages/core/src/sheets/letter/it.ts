/** The letter to heirs in Italian. */
import { plural } from './grammar.js'
import type { LetterTexts, Part } from './texts.js'

const language = 'it'

function takes({ least, of, names }: Part): string {
  if (of === 1) return `serve questo pezzo: ${names}`
  if (least === of) return `servono tutti questi pezzi: ${names}`
  if (least === 1) return `basta un pezzo qualsiasi di questi ${of}: ${names}`
  return `servono ${least} pezzi qualsiasi di questi ${of}: ${names}`
}

export const italian: LetterTexts = {
  language,
  title: 'A chi viene dopo di me',
  subtitle: 'Una lettera sul denaro digitale che lascio e su come raggiungerlo',
  footer: 'Lettera ai miei eredi',
  opening: [
    'Leggete questa lettera perché non posso più occuparmi di queste cose di persona. Prendetevi il tempo che serve. Qui non c’è nulla di urgente: quello che lascio non si guasta, e vi aspetta.',
    'Per capirla non serve intendersi di computer. Per alcuni passaggi vi servirà una persona paziente che se ne intenda; più avanti spiego come sceglierla.',
  ],
  rules: {
    title: 'Due regole prima di tutto',
    lines: [
      'Non buttate via niente: né carta, né chiavi, né telefoni, né computer, né chiavette USB, per quanto vecchi sembrino, finché non è tutto concluso. Potrebbe non esistere una seconda copia.',
      'Non mostrate a nessuno ciò che è scritto sui miei fogli, se non alla persona che vi siede accanto per aiutarvi. Nessuna banca, nessun negozio, nessuna assistenza e nessun ufficio pubblico ne ha mai bisogno. Chi telefona o scrive per chiederlo vuole rubare, per quanto sembri gentile e qualunque cosa sappia di me.',
    ],
  },
  about: {
    title: 'Di che cosa si tratta',
    intro:
      'Possiedo del denaro digitale. Nessuna banca lo custodisce: appartiene a chi ne ha le chiavi. Tengo le chiavi in quella che si chiama una cassaforte, una raccolta di file chiusi che per chiunque altro sono solo caratteri senza senso. Dove si trovano le sue copie è scritto più avanti.',
    vault: 'La cassaforte si apre quando si riuniscono abbastanza pezzi.',
    need: (part) => `Per aprirla ${takes(part)}.`,
    groups: (least, of) => {
      const some = plural(language, least, { one: 'ne basta uno', other: `ne servono ${least}` })
      return `I pezzi formano ${of} gruppi, e ${least === of ? 'servono tutti' : some}.`
    },
    group: (name, part) => `Del gruppo «${name}» ${takes(part)}.`,
    harmless:
      'Un pezzo da solo non apre nulla: se lo trova un estraneo, non può farsene niente. Abbiate comunque cura di ciascuno.',
    guard:
      'Alcune delle cose elencate più avanti bastano da sole: chi le ha, ha il denaro. Custodite ogni pezzo come custodireste dei contanti.',
    wallets: (count, names) =>
      plural(language, count, {
        one: `Nella cassaforte c’è un portafoglio (così si chiamano i programmi per questo denaro): ${names}.`,
        other: `Nella cassaforte ci sono ${count} portafogli (così si chiamano i programmi per questo denaro): ${names}.`,
      }),
  },
  pieces: {
    title: 'Chi ha che cosa',
    intro: 'Andate a prendere ogni pezzo di persona. Che nessuno lo fotografi o lo legga al telefono.',
    mine: 'Tra le mie cose',
    copies: 'Copie della cassaforte',
    lies: (name, at) => `${name}, in questo luogo: ${at}`,
    seen: (day) => `visto lì il giorno ${day}`,
    folder: 'una cartella di file chiusi, su questo disco o computer',
    provider: 'file chiusi presso un fornitore, che richiede un accesso a parte; con un disco è più semplice',
    copy: (address, about) => `${address}: ${about}`,
    also: '; ',
    kinds: {
      sheet: 'un foglio di recupero: una pagina con 33 parole numerate e il titolo «Recovery sheet»',
      passphrase: 'una passphrase, cioè una password lunga',
      computer: 'il mio computer, la cui chiave è uno dei pezzi',
      tpm: 'il mio computer, la cui chiave è uno dei pezzi',
      passkey: 'una passkey, custodita da un telefono o da un computer',
      person: 'una chiave personale, sul computer di questa persona',
      plugin: 'un dispositivo che contiene una chiave',
      pkcs11: 'un dispositivo che contiene una chiave',
      store: 'una copia della cassaforte, chiusa',
      phrase:
        'le parole di un portafoglio: una pagina con 12 o 24 parole che vale tutto quello che il portafoglio contiene',
      share: 'una parte delle parole di un portafoglio; ne servono diverse insieme',
      device: 'un dispositivo che firma i pagamenti',
      recovery: 'un file con due pagamenti che ho firmato in anticipo',
    },
  },
  needed: {
    title: 'Che cosa basta',
    way: 'Serve questo. Cercate ogni pezzo finché non l’avete trovato.',
    ways: 'Ognuna di queste righe basta da sola. Se un pezzo non si trova, provate con un’altra riga.',
    more: (count) =>
      plural(language, count, {
        one: 'e un’altra combinazione.',
        other: `e altre ${count} combinazioni.`,
      }),
    none: 'Con i pezzi di questo elenco nessuno può entrare senza di me. Se non ho fatto in tempo a completarlo, cercate tra le mie carte un altro foglio o un appunto con una passphrase.',
  },
  steps: {
    title: 'Passo dopo passo',
    lines: [
      'Leggete questa lettera fino in fondo prima di fare qualsiasi cosa.',
      'Scegliete una persona che vi aiuti: qualcuno che conoscete da anni e che ha dimestichezza con i computer. Non qualcuno che si offre senza che glielo chiediate. Restatele accanto mentre lavora e non perdete mai di vista i fogli.',
      'Raccogliete i pezzi richiesti da una delle righe qui sopra e una copia della cassaforte. Una copia è una cartella che contiene un file README.txt.',
      'Usate un computer che funziona bene ed è aggiornato. Spegnete tutto ciò che ne condivide lo schermo. Procuratevi il programma Cairn. Il file README.txt nella copia spiega, in inglese, come si usa e come si fa senza.',
      'Chi vi aiuta apre una finestra di comandi e scrive la riga qui sotto, con il luogo della copia al posto di COPY e una cartella nuova al posto di NEW-FOLDER. Il programma chiede poi i pezzi, in inglese, uno dopo l’altro. Un errore non fa danni: ripete la domanda.',
      'Alla fine la cartella nuova contiene i portafogli. Chi vi aiuta apre ciascuno con il programma indicato più sopra accanto al suo nome. Se uno chiede una password propria, cercatela tra le mie carte. Guardate che cosa contiene prima di fare altro.',
      'Trasferite il denaro su un portafoglio soltanto vostro, appena creato, le cui parole avete scritto voi su carta. Inviate prima una piccola somma, aspettate che arrivi, poi inviate il resto.',
      'Solo quando tutto è arrivato, e non prima, potete distruggere i miei fogli.',
    ],
  },
  signed: {
    title: 'Che cosa ho firmato in anticipo',
    line: (file, days, to) =>
      `Il file ${file} contiene due pagamenti per i quali non serve alcun pezzo. Una volta inviato il primo, il secondo, a ${to}, diventa possibile circa ${plural(language, days, { one: 'un giorno', other: `${days} giorni` })} dopo. Può inviarli chi conosce Bitcoin.`,
  },
  ask: {
    title: 'A chi chiedere',
    intro:
      'Queste persone mi conoscono e possono aiutarvi. Non hanno altre chiavi oltre a quelle indicate sopra.',
  },
  closing: {
    title: 'Di mio pugno',
    written: (day) =>
      `Data della lettera: ${day}. Non contiene alcun segreto: può stare insieme a un testamento. Se ne trovate due, vale la più recente.`,
    name: 'Nome e firma',
  },
}
