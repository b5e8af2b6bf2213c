/** The letter to heirs in Czech. */
import { plural } from './grammar.js'
import type { LetterTexts, Part } from './texts.js'

const language = 'cs'

function takes({ least, of, names }: Part): string {
  if (of === 1) return `potřebujete tuto část: ${names}`
  if (least === of) return `potřebujete všechny tyto části: ${names}`
  if (least === 1) return `stačí kterákoli z těchto ${of} částí: ${names}`
  const any = plural(language, least, { few: 'kterékoli', other: 'kterýchkoli' })
  return `potřebujete ${any} ${least} z těchto ${of} částí: ${names}`
}

export const czech: LetterTexts = {
  language,
  title: 'Těm, kdo přijdou po mně',
  subtitle: 'Dopis o digitálních penězích, které po mně zůstanou, a o tom, jak se k nim dostat',
  footer: 'Dopis mým dědicům',
  opening: [
    'Čtete tento dopis, protože se o tyto věci už nemohu starat. Dejte si na čas. Nic tady nespěchá: co po mně zůstalo, se nekazí a počká na vás.',
    'K tomu, abyste dopisu porozuměli, nepotřebujete vědět nic o počítačích. Na některé kroky budete potřebovat trpělivého člověka, který se v nich vyzná. Jak ho vybrat, se dočtete níže.',
  ],
  rules: {
    title: 'Ze všeho nejdřív dvě pravidla',
    lines: [
      'Nic nevyhazujte: žádný papír, klíč, telefon, počítač ani flash disk, ať vypadá jakkoli staře, dokud nebude všechno hotové. Druhý kus možná neexistuje.',
      'Nikomu neukazujte, co je napsáno na mých listech, jen člověku, který sedí vedle vás a pomáhá. Žádná banka, obchod, technická podpora ani úřad to nikdy nepotřebuje. Kdo volá nebo píše a chce to po vás, chce krást, ať zní jakkoli mile a ať o mně ví cokoli.',
    ],
  },
  about: {
    title: 'O co jde',
    intro:
      'Vlastním digitální peníze. Neuchovává je žádná banka: patří tomu, kdo k nim má klíče. Klíče mám v takzvaném trezoru. To je sbírka zamčených souborů, které jsou pro kohokoli jiného jen změtí znaků. Kde leží jeho kopie, je napsáno níže.',
    vault: 'Trezor se otevře, když se sejde dost částí.',
    need: (part) => `K otevření ${takes(part)}.`,
    groups: (least, of) => {
      const groups = plural(language, of, { few: `${of} skupiny`, other: `${of} skupin` })
      const some = least === 1 ? 'stačí jedna z nich' : `potřebujete ${least} z nich`
      return `Části tvoří ${groups} a ${least === of ? 'potřebujete všechny' : some}.`
    },
    group: (name, part) => `Ze skupiny „${name}“ ${takes(part)}.`,
    harmless:
      'Jedna část sama o sobě nic neotevře: najde-li ji někdo cizí, k ničemu mu nebude. Přesto každou pečlivě opatrujte.',
    guard:
      'Něco z toho, co je uvedeno níže, stačí samo o sobě: kdo to má, má i peníze. Opatrujte každou část jako hotovost.',
    wallets: (count, names) =>
      plural(language, count, {
        one: `V trezoru je jedna peněženka (tak se říká programům pro takové peníze): ${names}.`,
        few: `V trezoru jsou ${count} peněženky (tak se říká programům pro takové peníze): ${names}.`,
        other: `V trezoru je ${count} peněženek (tak se říká programům pro takové peníze): ${names}.`,
      }),
  },
  pieces: {
    title: 'Kdo co má',
    intro: 'Každou část si vyzvedněte osobně. Ať ji nikdo nefotografuje ani nečte do telefonu.',
    mine: 'Mezi mými věcmi',
    copies: 'Kopie trezoru',
    lies: (name, at) => `${name}, místo: ${at}`,
    seen: (day) => `ověřeno na místě ${day}`,
    folder: 'složka se zamčenými soubory, na tomto disku nebo počítači',
    provider: 'zamčené soubory u poskytovatele, který vyžaduje vlastní přihlášení; s diskem je to jednodušší',
    copy: (address, about) => `${address}: ${about}`,
    also: '; ',
    kinds: {
      sheet: 'obnovovací list: stránka s 33 očíslovanými slovy a s nadpisem „Recovery sheet“',
      passphrase: 'heslová fráze, tedy dlouhé heslo',
      computer: 'můj počítač, jehož vlastní klíč je jednou z částí',
      tpm: 'můj počítač, jehož vlastní klíč je jednou z částí',
      passkey: 'přístupový klíč (passkey), uložený v telefonu nebo počítači',
      person: 'vlastní klíč této osoby, v jejím počítači',
      plugin: 'zařízení, ve kterém je klíč',
      pkcs11: 'zařízení, ve kterém je klíč',
      store: 'zamčená kopie trezoru',
      phrase:
        'slova peněženky: stránka s 12 nebo 24 slovy, která má stejnou cenu jako vše, co je v peněžence',
      share: 'jeden díl slov peněženky; je potřeba několik dílů dohromady',
      device: 'zařízení, které podepisuje platby',
      recovery: 'soubor se dvěma předem podepsanými platbami',
    },
  },
  needed: {
    title: 'Co stačí',
    way: 'Potřebujete toto. Hledejte každou část, dokud ji nenajdete.',
    ways: 'Každý z těchto řádků stačí sám o sobě. Nemůžete-li některou část najít, zkuste jiný řádek.',
    more: (count) =>
      plural(language, count, {
        one: 'a jedna další kombinace.',
        few: `a ${count} další kombinace.`,
        other: `a ${count} dalších kombinací.`,
      }),
    none: 'S částmi z tohoto seznamu se beze mě dovnitř nikdo nedostane. Seznam možná zůstal neúplný: hledejte v mých papírech ještě jeden list nebo lístek s heslovou frází.',
  },
  steps: {
    title: 'Krok za krokem',
    lines: [
      'Než cokoli uděláte, přečtěte si tento dopis až do konce.',
      'Vyberte si někoho, kdo vám pomůže: člověka, kterého znáte řadu let a který to umí s počítači. Ne někoho, kdo se nabídne sám od sebe. Zůstaňte při práci vedle něj a papíry nedávejte z ruky.',
      'Shromážděte části, které požaduje jeden z řádků výše, a jednu kopii trezoru. Kopie je složka, ve které je soubor README.txt.',
      'Vezměte počítač, který dobře funguje a má všechny aktualizace. Vypněte vše, co sdílí jeho obrazovku. Opatřete si program Cairn. Soubor README.txt v kopii vysvětluje anglicky, jak se používá a jak to jde bez něj.',
      'Kdo vám pomáhá, otevře okno pro psaní příkazů a napíše řádek uvedený níže: místo COPY umístění kopie, místo NEW-FOLDER novou složku. Program se pak anglicky ptá na části, jednu po druhé. Chyba nevadí: zeptá se znovu.',
      'Nakonec jsou v nové složce peněženky. Kdo vám pomáhá, otevře každou v programu, který je výše uveden u jejího názvu. Chce-li některá vlastní heslo, hledejte ho v mých papírech. Než uděláte cokoli dalšího, podívejte se, co v ní je.',
      'Převeďte peníze do peněženky, která je jen vaše: nově vytvořené, jejíž slova si sami napíšete na papír. Nejdřív pošlete malou částku, počkejte, až dorazí, a pak pošlete zbytek.',
      'Teprve až všechno dorazí, a ne dřív, smíte mé listy zničit.',
    ],
  },
  signed: {
    title: 'Co je podepsáno předem',
    line: (file, days, to) =>
      `Soubor ${file} obsahuje dvě platby, ke kterým není potřeba žádná část. Po odeslání první bude asi za ${plural(language, days, { one: 'jeden den', few: `${days} dny`, other: `${days} dní` })} možná i druhá, příjemce: ${to}. Odeslat je může někdo, kdo se vyzná v Bitcoinu.`,
  },
  ask: {
    title: 'Koho se ptát',
    intro: 'Tito lidé mě znají a mohou pomoci. Nemají žádné jiné klíče než ty, které jsou uvedeny výše.',
  },
  closing: {
    title: 'Vlastní rukou',
    written: (day) =>
      `Napsáno ${day}. V tomto dopise není žádné tajemství: může ležet u závěti. Najdete-li dva, platí novější.`,
    name: 'Jméno a podpis',
  },
}
