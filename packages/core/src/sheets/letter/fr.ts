/** The letter to heirs in French. */
import { plural } from './grammar.js'
import type { LetterTexts, Part } from './texts.js'

const language = 'fr'

function takes({ least, of, names }: Part): string {
  if (of === 1) return `il faut cet élément : ${names}`
  if (least === of) return `il faut tous ces éléments : ${names}`
  if (least === 1) return `il suffit d’un seul de ces ${of} éléments : ${names}`
  return `il faut ${least} de ces ${of} éléments, peu importe lesquels : ${names}`
}

export const french: LetterTexts = {
  language,
  title: 'À vous qui restez',
  subtitle: 'Une lettre sur l’argent numérique que je laisse et sur la manière d’y accéder',
  footer: 'Lettre à mes héritiers',
  opening: [
    'Vous lisez cette lettre parce que je ne peux plus m’occuper moi-même de ces choses. Prenez votre temps. Rien ici n’est urgent : ce que je laisse ne s’abîme pas, et vous attend.',
    'Il n’est pas nécessaire de s’y connaître en informatique pour comprendre cette lettre. Certaines étapes demandent l’aide d’une personne patiente qui s’y connaît ; je vous dis plus bas comment la choisir.',
  ],
  rules: {
    title: 'Deux règles avant toute chose',
    lines: [
      'Ne jetez rien : ni papier, ni clé, ni téléphone, ni ordinateur, ni clé USB, si vieux qu’ils paraissent, avant que tout soit terminé. Il n’existe peut-être pas d’autre exemplaire.',
      'Ne montrez à personne ce qui est écrit sur mes feuilles, sauf à la personne assise à côté de vous pour vous aider. Aucune banque, aucun magasin, aucun service d’assistance, aucune administration n’en a jamais besoin. Quiconque appelle ou écrit pour le demander veut voler, si aimable que soit le ton et quoi qu’on sache de moi.',
    ],
  },
  about: {
    title: 'De quoi il s’agit',
    intro:
      'Je possède de l’argent numérique. Aucune banque ne le garde : il appartient à qui en détient les clés. Je garde ces clés dans ce qu’on appelle un coffre, un ensemble de fichiers verrouillés qui, pour toute autre personne, ne sont que du charabia. L’endroit où se trouvent ses copies est indiqué plus bas.',
    vault: 'Le coffre s’ouvre lorsque suffisamment d’éléments sont réunis.',
    need: (part) => `Pour cela, ${takes(part)}.`,
    groups: (least, of) => {
      const some = plural(language, least, { one: 'un seul suffit', other: `il en faut ${least}` })
      return `Les éléments forment ${of} groupes, et ${least === of ? 'il les faut tous' : some}.`
    },
    group: (name, part) => `Dans le groupe « ${name} », ${takes(part)}.`,
    harmless:
      'Un élément seul n’ouvre rien : un inconnu qui le trouverait ne pourrait rien en faire. Prenez tout de même grand soin de chacun.',
    guard:
      'Certaines des choses énumérées plus bas suffisent à elles seules : qui les a, a l’argent. Gardez chaque élément comme vous garderiez des billets de banque.',
    wallets: (count, names) =>
      plural(language, count, {
        one: `Le coffre contient un portefeuille (c’est ainsi qu’on appelle les programmes pour cet argent) : ${names}.`,
        other: `Le coffre contient ${count} portefeuilles (c’est ainsi qu’on appelle les programmes pour cet argent) : ${names}.`,
      }),
  },
  pieces: {
    title: 'Qui a quoi',
    intro:
      'Allez chercher chaque élément en personne. Ne le laissez ni photographier, ni lire à voix haute au téléphone.',
    mine: 'Parmi mes affaires',
    copies: 'Copies du coffre',
    lies: (name, at) => `${name}, à cet endroit : ${at}`,
    seen: (day) => `vu sur place le ${day}`,
    folder: 'un dossier de fichiers verrouillés, sur ce disque ou cet ordinateur',
    provider:
      'des fichiers verrouillés chez un prestataire, qui demande ses propres identifiants ; avec un disque, c’est plus simple',
    copy: (address, about) => `${address} : ${about}`,
    also: ' ; ',
    kinds: {
      sheet: 'une feuille de récupération : une page de 33 mots numérotés, intitulée « Recovery sheet »',
      passphrase: 'une phrase secrète, c’est-à-dire un long mot de passe',
      computer: 'mon ordinateur, dont la clé est l’un des éléments',
      tpm: 'mon ordinateur, dont la clé est l’un des éléments',
      passkey: 'une clé d’accès (passkey), conservée par un téléphone ou un ordinateur',
      person: 'une clé personnelle, sur l’ordinateur de cette personne',
      plugin: 'un appareil qui contient une clé',
      pkcs11: 'un appareil qui contient une clé',
      store: 'une copie verrouillée du coffre',
      phrase:
        'les mots d’un portefeuille : une page de 12 ou 24 mots qui vaut tout ce que contient le portefeuille',
      share: 'une part des mots d’un portefeuille ; il en faut plusieurs ensemble',
      device: 'un appareil qui signe des paiements',
      recovery: 'un fichier avec deux paiements que j’ai signés à l’avance',
    },
  },
  needed: {
    title: 'Ce qui suffit',
    way: 'Voici ce qu’il faut. Cherchez chaque élément jusqu’à ce que vous l’ayez trouvé.',
    ways: 'Chacune de ces lignes suffit à elle seule. Si un élément reste introuvable, essayez une autre ligne.',
    more: (count) =>
      plural(language, count, {
        one: 'et une autre combinaison.',
        other: `et ${count} autres combinaisons.`,
      }),
    none: 'Avec les éléments de cette liste, personne ne peut entrer sans moi. Si je n’ai pas eu le temps de la compléter, cherchez dans mes papiers une autre feuille ou une note avec une phrase secrète.',
  },
  steps: {
    title: 'Étape par étape',
    lines: [
      'Lisez cette lettre jusqu’au bout avant de faire quoi que ce soit.',
      'Choisissez une personne pour vous aider : quelqu’un que vous connaissez depuis des années et qui est à l’aise avec les ordinateurs. Pas quelqu’un qui se propose sans qu’on le lui demande. Restez à ses côtés pendant tout le travail et gardez les papiers en main.',
      'Rassemblez les éléments que demande l’une des lignes ci-dessus, ainsi qu’une copie du coffre. Une copie est un dossier qui contient un fichier README.txt.',
      'Prenez un ordinateur qui fonctionne bien et qui est à jour. Fermez tout ce qui partage son écran. Procurez-vous le programme Cairn. Le fichier README.txt de la copie explique, en anglais, comment l’utiliser et comment s’en passer.',
      'La personne qui vous aide ouvre une fenêtre de commandes et tape la ligne ci-dessous, avec l’emplacement de la copie à la place de COPY et un nouveau dossier à la place de NEW-FOLDER. Le programme demande ensuite les éléments, en anglais, l’un après l’autre. Une erreur ne fait aucun mal : il repose la question.',
      'À la fin, le nouveau dossier contient les portefeuilles. La personne qui vous aide ouvre chacun avec le programme indiqué plus haut à côté de son nom. Si l’un d’eux demande son propre mot de passe, cherchez-le dans mes papiers. Regardez ce qu’il contient avant de faire autre chose.',
      'Transférez l’argent vers un portefeuille qui n’est qu’à vous, tout juste créé, et dont vous avez écrit les mots sur papier de votre main. Envoyez d’abord une petite somme, attendez qu’elle arrive, puis envoyez le reste.',
      'C’est seulement quand tout est arrivé, et pas avant, que vous pouvez détruire mes feuilles.',
    ],
  },
  signed: {
    title: 'Ce que j’ai signé à l’avance',
    line: (file, days, to) =>
      `Le fichier ${file} contient deux paiements qui ne demandent aucun des éléments. Une fois le premier envoyé, le second, à ${to}, devient possible environ ${plural(language, days, { one: 'un jour', other: `${days} jours` })} plus tard. Une personne qui connaît Bitcoin peut les envoyer.`,
  },
  ask: {
    title: 'À qui demander',
    intro:
      'Ces personnes me connaissent et peuvent vous aider. Elles n’ont pas d’autre clé que celles qui sont indiquées plus haut.',
  },
  closing: {
    title: 'De ma main',
    written: (day) =>
      `Lettre écrite le ${day}. Elle ne contient aucun secret : elle peut accompagner un testament. Si vous en trouvez deux, la plus récente fait foi.`,
    name: 'Nom et signature',
  },
}
