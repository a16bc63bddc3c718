import { DISPLAY_NAME_MAX } from '../../shared/limits';
import { byQuality } from './qualityValues';

/** What the pages behind an invite link say. */
export interface JoinWords {
  /** The language's own name. */
  language: string;
  languages: string;
  invited: string;
  room: string;
  openInParley: string;
  notInstalled: string;
  yourName: string;
  joinInBrowser: string;
  placeOfCall: (host: string) => string;
  nameMissing: string;
  nameTooLong: string;
  expired: string;
  expiredAdvice: string;
  invalid: string;
  invalidAdvice: string;
  notYetOpen: string;
  /** @param time when, with the time zone. @param left how long until then, as in "in 2 hours". */
  notYetOpenAdvice: (time: string, left: string) => string;
  tooMany: string;
  /** @param left how long to wait, as in "in 20 seconds". */
  tooManyAdvice: (left: string) => string;
  unread: string;
  unreadAdvice: string;
  down: string;
  downAdvice: string;
}

const en: JoinWords = {
  language: 'English',
  languages: 'Languages',
  invited: 'You are invited to a call',
  room: 'Room',
  openInParley: 'Open in Parley',
  notInstalled: 'Nothing happens? Then Parley is not installed here. You can join in the browser.',
  yourName: 'Your name',
  joinInBrowser: 'Join in the browser',
  placeOfCall: (host) => `The call takes place at ${host}.`,
  nameMissing: 'Enter a name, so that the others know who you are.',
  nameTooLong: `The name is too long: it may have ${DISPLAY_NAME_MAX} characters.`,
  expired: 'This invite has expired',
  expiredAdvice: 'Ask whoever sent it for a new one.',
  invalid: 'This invite is not valid',
  invalidAdvice: 'The link may have been cut. Copy it whole, or ask whoever sent it for a new one.',
  notYetOpen: 'This invite is not open yet',
  notYetOpenAdvice: (time, left) => `It opens on ${time}, ${left}. Open this page again then.`,
  tooMany: 'There were too many requests',
  tooManyAdvice: (left) => `Open the invite link again ${left}.`,
  unread: 'The form could not be read',
  unreadAdvice: 'Open the invite link again, and enter your name there.',
  down: 'This does not work at the moment',
  downAdvice: 'Open the invite link again in a few minutes.',
};

const es: JoinWords = {
  language: 'Español',
  languages: 'Idiomas',
  invited: 'Tiene una invitación a una llamada',
  room: 'Sala',
  openInParley: 'Abrir en Parley',
  notInstalled: '¿No pasa nada? Entonces Parley no está instalado aquí. Puede entrar desde el navegador.',
  yourName: 'Su nombre',
  joinInBrowser: 'Entrar desde el navegador',
  placeOfCall: (host) => `La llamada tiene lugar en ${host}.`,
  nameMissing: 'Escriba un nombre para que los demás sepan quién es.',
  nameTooLong: `El nombre es demasiado largo: puede tener ${DISPLAY_NAME_MAX} caracteres.`,
  expired: 'Esta invitación ha caducado',
  expiredAdvice: 'Pida una nueva a quien se la envió.',
  invalid: 'Esta invitación no es válida',
  invalidAdvice: 'Puede que el enlace esté cortado. Cópielo entero o pida uno nuevo a quien se lo envió.',
  notYetOpen: 'Esta invitación todavía no está abierta',
  notYetOpenAdvice: (time, left) => `Se abre el ${time}, ${left}. Vuelva a abrir esta página entonces.`,
  tooMany: 'Ha habido demasiadas solicitudes',
  tooManyAdvice: (left) => `Vuelva a abrir el enlace de invitación ${left}.`,
  unread: 'No se ha podido leer el formulario',
  unreadAdvice: 'Vuelva a abrir el enlace de invitación y escriba allí su nombre.',
  down: 'Esto no funciona en este momento',
  downAdvice: 'Vuelva a abrir el enlace de invitación dentro de unos minutos.',
};

const de: JoinWords = {
  language: 'Deutsch',
  languages: 'Sprachen',
  invited: 'Sie sind zu einem Gespräch eingeladen',
  room: 'Raum',
  openInParley: 'In Parley öffnen',
  notInstalled:
    'Es geschieht nichts? Dann ist Parley hier nicht installiert. Sie können im Browser teilnehmen.',
  yourName: 'Ihr Name',
  joinInBrowser: 'Im Browser teilnehmen',
  placeOfCall: (host) => `Das Gespräch findet auf ${host} statt.`,
  nameMissing: 'Geben Sie einen Namen ein, damit die anderen wissen, wer Sie sind.',
  nameTooLong: `Der Name ist zu lang: Er darf ${DISPLAY_NAME_MAX} Zeichen haben.`,
  expired: 'Diese Einladung ist abgelaufen',
  expiredAdvice: 'Fragen Sie den Absender nach einer neuen.',
  invalid: 'Diese Einladung ist nicht gültig',
  invalidAdvice:
    'Vielleicht fehlt ein Teil des Links. Kopieren Sie ihn ganz, oder fragen Sie den Absender nach einem neuen.',
  notYetOpen: 'Diese Einladung gilt noch nicht',
  notYetOpenAdvice: (time, left) => `Sie gilt ab ${time}, ${left}. Öffnen Sie diese Seite dann noch einmal.`,
  tooMany: 'Es waren zu viele Anfragen',
  tooManyAdvice: (left) => `Öffnen Sie den Einladungslink ${left} noch einmal.`,
  unread: 'Das Formular war nicht lesbar',
  unreadAdvice: 'Öffnen Sie den Einladungslink noch einmal, und geben Sie dort Ihren Namen ein.',
  down: 'Das geht im Moment nicht',
  downAdvice: 'Öffnen Sie den Einladungslink in einigen Minuten noch einmal.',
};

const fr: JoinWords = {
  language: 'Français',
  languages: 'Langues',
  invited: 'Vous êtes invité à un appel',
  room: 'Salle',
  openInParley: 'Ouvrir dans Parley',
  notInstalled:
    'Rien ne se passe ? Parley n’est donc pas installé ici. Vous pouvez participer dans le navigateur.',
  yourName: 'Votre nom',
  joinInBrowser: 'Participer dans le navigateur',
  placeOfCall: (host) => `L’appel a lieu sur ${host}.`,
  nameMissing: 'Saisissez un nom pour que les autres sachent qui vous êtes.',
  nameTooLong: `Le nom est trop long : ${DISPLAY_NAME_MAX} caractères au plus.`,
  expired: 'Cette invitation a expiré',
  expiredAdvice: 'Demandez-en une nouvelle à la personne qui vous l’a envoyée.',
  invalid: 'Cette invitation n’est pas valable',
  invalidAdvice:
    'Le lien est peut-être coupé. Copiez-le en entier ou demandez-en un nouveau à la personne qui vous l’a envoyé.',
  notYetOpen: 'Cette invitation n’est pas encore ouverte',
  notYetOpenAdvice: (time, left) => `Elle ouvre le ${time}, ${left}. Rouvrez cette page à ce moment-là.`,
  tooMany: 'Il y a eu trop de demandes',
  tooManyAdvice: (left) => `Rouvrez le lien d’invitation ${left}.`,
  unread: 'Le formulaire n’a pas pu être lu',
  unreadAdvice: 'Rouvrez le lien d’invitation et saisissez-y votre nom.',
  down: 'Cela ne fonctionne pas pour le moment',
  downAdvice: 'Rouvrez le lien d’invitation dans quelques minutes.',
};

export const JOIN_WORDS = { en, es, de, fr };
export type Language = keyof typeof JOIN_WORDS;
export const LANGUAGES = Object.keys(JOIN_WORDS) as readonly Language[];

const isLanguage = (text: string): text is Language => Object.hasOwn(JOIN_WORDS, text);

/**
 * The reader's language: the one chosen on the page, else the best of `Accept-Language` by lookup (RFC 4647 section
 * 3.4), else English.
 */
export function readersLanguage(chosen: unknown, acceptLanguage: string | undefined): Language {
  if (typeof chosen === 'string' && isLanguage(chosen)) return chosen;
  for (const { value } of byQuality(acceptLanguage)) {
    const [primary = ''] = value.split('-');
    if (isLanguage(primary)) return primary;
  }
  return 'en';
}

/** A time in UTC, since the page does not know the reader's zone, and how long it is until then. */
export function timeWords(language: Language, time: Date, now: Date): { time: string; left: string } {
  const format = new Intl.DateTimeFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'UTC',
    timeZoneName: 'short',
  });
  const minutes = Math.max(1, Math.ceil((time.getTime() - now.getTime()) / 60_000));
  const relative = new Intl.RelativeTimeFormat(language);
  const left =
    minutes < 120
      ? relative.format(minutes, 'minute')
      : minutes < 48 * 60
        ? relative.format(Math.round(minutes / 60), 'hour')
        : relative.format(Math.round(minutes / 60 / 24), 'day');
  return { time: format.format(time), left };
}

/** How long it is until then, as in "in 20 seconds". */
export const secondsWords = (language: Language, seconds: number): string =>
  new Intl.RelativeTimeFormat(language).format(seconds, 'second');
