/** The letter to heirs in German. */
import { plural } from './grammar.js'
import type { LetterTexts, Part } from './texts.js'

const language = 'de'

/** From the verb on. */
function takes({ least, of, names }: Part): string {
  if (of === 1) return `braucht ihr dieses eine Teil: ${names}`
  if (least === of) return `braucht ihr alle diese Teile: ${names}`
  if (least === 1) return `genügt eines dieser ${of} Teile: ${names}`
  return `braucht ihr ${least} dieser ${of} Teile, egal welche: ${names}`
}

export const german: LetterTexts = {
  language,
  title: 'Für alle, die nach mir kommen',
  subtitle: 'Ein Brief über das digitale Geld, das ich hinterlasse, und wie ihr daran kommt',
  footer: 'Brief an meine Erben',
  opening: [
    'Ihr lest diesen Brief, weil ich mich um diese Dinge nicht mehr selbst kümmern kann. Lasst euch Zeit. Nichts hier eilt: Was ich hinterlasse, verdirbt nicht. Es wartet auf euch.',
    'Um den Brief zu verstehen, müsst ihr nichts über Computer wissen. Für einige Schritte braucht ihr einen geduldigen Menschen, der sich damit auskennt. Wie ihr ihn aussucht, steht weiter unten.',
  ],
  rules: {
    title: 'Zwei Regeln vor allem anderen',
    lines: [
      'Werft nichts weg: kein Papier, keinen Schlüssel, kein Telefon, keinen Computer, keinen USB-Stick, und sehen sie noch so alt aus, bis alles erledigt ist. Vielleicht gibt es kein zweites Exemplar.',
      'Zeigt niemandem, was auf meinen Blättern steht, außer dem Menschen, der neben euch sitzt und hilft. Keine Bank, kein Geschäft, kein Kundendienst und keine Behörde braucht es jemals. Wer anruft oder schreibt und danach fragt, will stehlen, so freundlich er auch klingt und so viel er auch über mich weiß.',
    ],
  },
  about: {
    title: 'Worum es geht',
    intro:
      'Mir gehört digitales Geld. Keine Bank verwahrt es: Es gehört dem, der die Schlüssel dazu hat. Meine Schlüssel liegen in einem sogenannten Tresor. Das ist eine Sammlung verschlossener Dateien, die für alle anderen nur Zeichensalat sind. Wo die Kopien davon liegen, steht weiter unten.',
    vault: 'Der Tresor öffnet sich, wenn genügend Teile zusammenkommen.',
    need: (part) => `Dafür ${takes(part)}.`,
    groups: (least, of) => {
      const some = plural(language, least, {
        one: 'eine davon genügt',
        other: `${least} davon werden gebraucht`,
      })
      return `Die Teile bilden ${of} Gruppen; ${least === of ? 'alle werden gebraucht' : some}.`
    },
    group: (name, part) => `Aus der Gruppe „${name}“ ${takes(part)}.`,
    harmless:
      'Ein Teil allein öffnet nichts: Wenn ein Fremder eines findet, kann er damit nichts anfangen. Passt trotzdem auf jedes gut auf.',
    guard:
      'Manches von dem, was unten steht, genügt für sich allein: Wer es hat, hat das Geld. Hütet jedes Teil wie Bargeld.',
    wallets: (count, names) =>
      plural(language, count, {
        one: `Im Tresor liegt eine Wallet (so heißen die Programme für solches Geld): ${names}.`,
        other: `Im Tresor liegen ${count} Wallets (so heißen die Programme für solches Geld): ${names}.`,
      }),
  },
  pieces: {
    title: 'Wer was hat',
    intro: 'Holt jedes Teil persönlich ab. Lasst es nicht fotografieren und nicht am Telefon vorlesen.',
    mine: 'Unter meinen Sachen',
    copies: 'Kopien des Tresors',
    lies: (name, at) => `${name}, Ort: ${at}`,
    seen: (day) => `dort gesehen am ${day}`,
    folder: 'ein Ordner mit verschlossenen Dateien, auf diesem Laufwerk oder Computer',
    provider:
      'verschlossene Dateien bei einem Anbieter, der eine eigene Anmeldung verlangt; mit einem Laufwerk ist es einfacher',
    copy: (address, about) => `${address}: ${about}`,
    also: '; ',
    kinds: {
      sheet:
        'ein Wiederherstellungsblatt: eine Seite mit 33 nummerierten Wörtern und dem Titel „Recovery sheet“',
      passphrase: 'eine Passphrase, also ein langes Passwort',
      computer: 'mein Computer, dessen eigener Schlüssel ein Teil ist',
      tpm: 'mein Computer, dessen eigener Schlüssel ein Teil ist',
      passkey: 'ein Passkey, der in einem Telefon oder Computer steckt',
      person: 'ein eigener Schlüssel, auf dem Computer dieser Person',
      plugin: 'ein Gerät, in dem ein Schlüssel steckt',
      pkcs11: 'ein Gerät, in dem ein Schlüssel steckt',
      store: 'eine verschlossene Kopie des Tresors',
      phrase:
        'die Wörter einer Wallet: eine Seite mit 12 oder 24 Wörtern, die so viel wert ist wie alles, was in der Wallet liegt',
      share: 'ein Anteil an den Wörtern einer Wallet; man braucht mehrere zusammen',
      device: 'ein Gerät, das Zahlungen unterschreibt',
      recovery: 'eine Datei mit zwei Zahlungen, die ich im Voraus unterschrieben habe',
    },
  },
  needed: {
    title: 'Was genügt',
    way: 'Das hier braucht ihr. Sucht jedes Teil, bis ihr es gefunden habt.',
    ways: 'Jede dieser Zeilen genügt für sich. Ist ein Teil nicht zu finden, versucht es mit einer anderen Zeile.',
    more: (count) =>
      plural(language, count, {
        one: 'und eine weitere Kombination.',
        other: `und ${count} weitere Kombinationen.`,
      }),
    none: 'Mit den Teilen auf dieser Liste kommt ohne mich niemand hinein. Falls ich sie nicht mehr vervollständigen konnte, sucht in meinen Papieren nach einem weiteren Blatt oder nach einer Notiz mit einer Passphrase.',
  },
  steps: {
    title: 'Schritt für Schritt',
    lines: [
      'Lest diesen Brief ganz, bevor ihr irgendetwas tut.',
      'Sucht euch einen Menschen, der euch hilft: jemanden, den ihr seit Jahren kennt und der mit Computern vertraut ist. Nicht jemanden, der sich ungefragt anbietet. Bleibt dabei, während er arbeitet, und gebt die Papiere nicht aus der Hand.',
      'Sammelt die Teile, die eine der Zeilen oben verlangt, und eine Kopie des Tresors. Eine Kopie ist ein Ordner, in dem eine Datei README.txt liegt.',
      'Nehmt einen Computer, der gut läuft und auf dem neuesten Stand ist. Schaltet alles aus, was seinen Bildschirm anderen zeigt. Besorgt das Programm Cairn. In der Datei README.txt in der Kopie steht auf Englisch, wie man es benutzt und wie es ohne dieses Programm geht.',
      'Wer euch hilft, öffnet ein Fenster für getippte Befehle und tippt die Zeile hier unten: statt COPY den Ort der Kopie, statt NEW-FOLDER einen neuen Ordner. Das Programm fragt dann auf Englisch nach den Teilen, einem nach dem anderen. Ein Fehler schadet nicht: Es fragt noch einmal.',
      'Wenn es fertig ist, liegen die Wallets im neuen Ordner. Wer euch hilft, öffnet jede mit dem Programm, das oben neben ihrem Namen steht. Verlangt eine ein eigenes Passwort, sucht es in meinen Papieren. Seht nach, was darin ist, bevor ihr irgendetwas anderes tut.',
      'Überweist das Geld auf eine Wallet, die nur euch gehört: neu angelegt, ihre Wörter von euch selbst auf Papier geschrieben. Schickt zuerst einen kleinen Betrag, wartet, bis er angekommen ist, und schickt dann den Rest.',
      'Erst wenn alles angekommen ist, und nicht vorher, dürft ihr meine Blätter vernichten.',
    ],
  },
  signed: {
    title: 'Was ich im Voraus unterschrieben habe',
    line: (file, days, to) =>
      `Die Datei ${file} enthält zwei Zahlungen, für die man keines der Teile braucht. Ist die erste abgeschickt, wird die zweite, an ${to}, etwa ${plural(language, days, { one: 'einen Tag', other: `${days} Tage` })} später möglich. Wer sich mit Bitcoin auskennt, kann sie abschicken.`,
  },
  ask: {
    title: 'Wen ihr fragen könnt',
    intro:
      'Diese Menschen kennen mich und können helfen. Sie haben keine Schlüssel außer denen, die oben stehen.',
  },
  closing: {
    title: 'Von meiner Hand',
    written: (day) =>
      `Geschrieben am ${day}. In diesem Brief steht kein Geheimnis; er darf bei einem Testament liegen. Findet ihr zwei, gilt der neuere.`,
    name: 'Name und Unterschrift',
  },
}
