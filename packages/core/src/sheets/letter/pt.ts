/** The letter to heirs in Portuguese, as it is written in Brazil. */
import { plural } from './grammar.js'
import type { LetterTexts, Part } from './texts.js'

const language = 'pt'

function takes({ least, of, names }: Part): string {
  if (of === 1) return `é necessária esta peça: ${names}`
  if (least === of) return `são necessárias todas estas peças: ${names}`
  if (least === 1) return `basta qualquer uma destas ${of} peças: ${names}`
  return `são necessárias ${least} destas ${of} peças, quaisquer que sejam: ${names}`
}

export const portuguese: LetterTexts = {
  language,
  title: 'Para quem vem depois de mim',
  subtitle: 'Uma carta sobre o dinheiro digital que deixo e sobre como chegar a ele',
  footer: 'Carta aos meus herdeiros',
  opening: [
    'Vocês estão lendo esta carta porque já não posso cuidar destas coisas. Não tenham pressa. Nada aqui é urgente: o que deixo não se estraga e espera por vocês.',
    'Para entendê-la não é preciso saber de computadores. Em alguns passos vocês vão precisar de uma pessoa paciente que saiba; mais abaixo digo como escolhê-la.',
  ],
  rules: {
    title: 'Duas regras antes de tudo',
    lines: [
      'Não joguem nada fora: nenhum papel, nenhuma chave, nenhum telefone, nenhum computador, nenhum pen drive, por mais velhos que pareçam, até que tudo esteja resolvido. Pode não existir outra cópia.',
      'Não mostrem a ninguém o que está escrito nas minhas folhas, a não ser à pessoa que estiver ao lado de vocês para ajudar. Nenhum banco, nenhuma loja, nenhum suporte técnico e nenhuma autoridade jamais precisa disso. Quem telefona ou escreve pedindo quer roubar, por mais gentil que pareça e por mais que saiba sobre mim.',
    ],
  },
  about: {
    title: 'Do que se trata',
    intro:
      'Tenho dinheiro digital. Nenhum banco o guarda: ele é de quem tem as chaves. Guardo as chaves no que se chama de cofre, um conjunto de arquivos trancados que, para qualquer outra pessoa, não passam de caracteres sem sentido. Onde estão as cópias dele está escrito mais abaixo.',
    vault: 'O cofre se abre quando se juntam peças suficientes.',
    need: (part) => `Para abri-lo, ${takes(part)}.`,
    groups: (least, of) => {
      const some = plural(language, least, { one: 'basta um', other: `são necessários ${least}` })
      return `As peças formam ${of} grupos, e ${least === of ? 'todos são necessários' : some}.`
    },
    group: (name, part) => `Do grupo “${name}”, ${takes(part)}.`,
    harmless:
      'Uma peça sozinha não abre nada: se um estranho a encontrar, ela não lhe serve. Mesmo assim, cuidem bem de cada uma.',
    guard:
      'Algumas das coisas listadas abaixo bastam sozinhas: quem as tem, tem o dinheiro. Guardem cada peça como se fosse dinheiro vivo.',
    wallets: (count, names) =>
      plural(language, count, {
        one: `No cofre há uma carteira (é assim que se chamam os programas para esse dinheiro): ${names}.`,
        other: `No cofre há ${count} carteiras (é assim que se chamam os programas para esse dinheiro): ${names}.`,
      }),
  },
  pieces: {
    title: 'Quem tem o quê',
    intro: 'Busquem cada peça pessoalmente. Que ninguém a fotografe nem a leia ao telefone.',
    mine: 'Entre as minhas coisas',
    copies: 'Cópias do cofre',
    lies: (name, at) => `${name}, neste lugar: ${at}`,
    seen: (day) => `vista lá em ${day}`,
    folder: 'uma pasta de arquivos trancados, neste disco ou computador',
    provider: 'arquivos trancados em um provedor, que exige um login próprio; com um disco é mais simples',
    copy: (address, about) => `${address}: ${about}`,
    also: '; ',
    kinds: {
      sheet: 'uma folha de recuperação: uma página com 33 palavras numeradas e o título “Recovery sheet”',
      passphrase: 'uma frase-senha, isto é, uma senha longa',
      computer: 'o meu computador, cuja própria chave é uma peça',
      tpm: 'o meu computador, cuja própria chave é uma peça',
      passkey: 'uma chave de acesso (passkey), guardada em um telefone ou computador',
      person: 'uma chave própria, no computador dessa pessoa',
      plugin: 'um aparelho com uma chave dentro',
      pkcs11: 'um aparelho com uma chave dentro',
      store: 'uma cópia do cofre, trancada',
      phrase: 'as palavras de uma carteira: uma página com 12 ou 24 palavras que vale tudo o que há nela',
      share: 'uma parte das palavras de uma carteira; são necessárias várias juntas',
      device: 'um aparelho que assina pagamentos',
      recovery: 'um arquivo com dois pagamentos que assinei com antecedência',
    },
  },
  needed: {
    title: 'O que é suficiente',
    way: 'É disto que vocês precisam. Procurem cada peça até encontrá-la.',
    ways: 'Cada uma destas linhas basta por si só. Se não encontrarem uma peça, tentem outra linha.',
    more: (count) =>
      plural(language, count, {
        one: 'e mais uma combinação.',
        other: `e mais ${count} combinações.`,
      }),
    none: 'Com as peças desta lista ninguém consegue entrar sem mim. Caso eu não a tenha completado a tempo, procurem entre os meus papéis outra folha ou uma anotação com uma frase-senha.',
  },
  steps: {
    title: 'Passo a passo',
    lines: [
      'Leiam esta carta até o fim antes de fazer qualquer coisa.',
      'Escolham uma pessoa para ajudar: alguém que vocês conheçam há anos e que se dê bem com computadores. Não alguém que se ofereça sem que vocês peçam. Fiquem ao lado dela enquanto trabalha e não larguem os papéis.',
      'Reúnam as peças que uma das linhas acima pede e uma cópia do cofre. Uma cópia é uma pasta que contém um arquivo README.txt.',
      'Usem um computador que funcione bem e esteja atualizado. Desliguem tudo o que compartilhe a tela dele. Consigam o programa Cairn. O arquivo README.txt da cópia explica, em inglês, como usá-lo e como fazer sem ele.',
      'Quem ajuda abre uma janela de comandos e digita a linha abaixo, com o lugar da cópia em vez de COPY e uma pasta nova em vez de NEW-FOLDER. O programa pede então as peças, em inglês, uma após a outra. Um erro não faz mal: ele pergunta de novo.',
      'Quando terminar, a pasta nova contém as carteiras. Quem ajuda abre cada uma com o programa indicado mais acima, ao lado do nome dela. Se alguma pedir uma senha própria, procurem-na entre os meus papéis. Vejam o que há dentro antes de fazer qualquer outra coisa.',
      'Transfiram o dinheiro para uma carteira que seja só de vocês, recém-criada e com as palavras escritas por vocês em papel. Enviem primeiro um valor pequeno, esperem que chegue e só então enviem o resto.',
      'Só quando tudo tiver chegado, e não antes, vocês podem destruir as minhas folhas.',
    ],
  },
  signed: {
    title: 'O que assinei com antecedência',
    line: (file, days, to) =>
      `O arquivo ${file} contém dois pagamentos que não precisam de nenhuma peça. Depois de enviado o primeiro, o segundo, para ${to}, torna-se possível cerca de ${plural(language, days, { one: 'um dia', other: `${days} dias` })} mais tarde. Quem entende de Bitcoin pode enviá-los.`,
  },
  ask: {
    title: 'A quem perguntar',
    intro: 'Estas pessoas me conhecem e podem ajudar. Não têm outras chaves além das indicadas acima.',
  },
  closing: {
    title: 'De próprio punho',
    written: (day) =>
      `Carta escrita em ${day}. Não há nenhum segredo nela: pode ficar junto de um testamento. Se vocês encontrarem duas, vale a mais recente.`,
    name: 'Nome e assinatura',
  },
}
