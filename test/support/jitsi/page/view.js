// @ts-check

/** @typedef {import('./meeting.js').Meeting} Meeting */
/** @typedef {import('../wire').Occupant} Occupant */

/** @param {string} id */
const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {string} id */
const input = (id) => /** @type {HTMLInputElement} */ (document.getElementById(id));

/** What each phase of a meeting is called on the page. */
const STATUS = {
  outside: 'Connecting…',
  inside: 'In the meeting',
  stranded: 'In the meeting',
  refused: 'The deployment does not let you in',
  over: 'The meeting is over for you',
  login: 'Log in to go on',
  host: 'The host has not arrived',
  door: 'A moderator lets you in',
  locked: 'This room has a password',
};

/** Makes the page look like what it is: a stand-in, with a tile for each person and a mark for what they share. */
export class View {
  /** @param {{ toggleAudio(): void, toggleVideo(): void, toggleHand(): void, hangUp(): void, logIn(user: string, password: string): void, knock(): void }} buttons */
  constructor(buttons) {
    element('microphone').onclick = () => buttons.toggleAudio();
    element('camera').onclick = () => buttons.toggleVideo();
    element('hand').onclick = () => buttons.toggleHand();
    element('hangup').onclick = () => buttons.hangUp();
    element('knock').onclick = () => buttons.knock();
    element('cancel').onclick = () => location.assign('/');
    element('login').onsubmit = (event) => {
      event.preventDefault();
      buttons.logIn(input('user').value, input('password').value);
    };
  }

  /** The page's own question before it joins. @param {() => void} onJoin */
  askToJoin(onJoin) {
    const form = element('prejoin');
    element('status').textContent = 'Ready to join';
    form.hidden = false;
    form.onsubmit = (event) => {
      event.preventDefault();
      form.hidden = true;
      onJoin();
    };
  }

  /** @param {Meeting} meeting */
  show(meeting) {
    const { self, others, media, phase, inside } = meeting;
    element('status').textContent = STATUS[phase];
    element('subject').textContent = meeting.subject || meeting.address.room;
    element('toolbox').hidden = !inside;
    element('login').hidden = phase !== 'login';
    element('knock').hidden = phase !== 'door';
    const people = inside && self ? [self, ...others.values()] : [];
    element('tiles').replaceChildren(...people.map((person) => tile(person, person === self, media)));
    button('microphone', media.audio.muted ? 'Unmute' : 'Mute', !media.audio.muted);
    button('camera', media.video.muted ? 'Start camera' : 'Stop camera', !media.video.muted);
    button('hand', self?.handRaised ? 'Lower your hand' : 'Raise your hand', Boolean(self?.handRaised));
  }
}

/** @param {string} id @param {string} label @param {boolean} pressed */
function button(id, label, pressed) {
  element(id).ariaLabel = label;
  element(id).ariaPressed = String(pressed);
}

/** @param {Occupant} person @param {boolean} own @param {Meeting['media']} media */
function tile(person, own, media) {
  const name = person.displayName ?? 'Unnamed';
  const item = document.createElement('li');
  item.className = 'tile';
  item.dataset['audio'] = person.audioMuted ? 'off' : 'on';
  const face = document.createElement('span');
  face.className = 'face';
  face.append(own && media.video.stream ? picture(media.video.stream) : initial(name));
  const label = document.createElement('span');
  label.textContent = own ? `${name} (me)` : name;
  const marks = document.createElement('span');
  marks.className = 'marks';
  marks.textContent = [
    person.audioMuted ? 'muted' : 'microphone on',
    ...(person.videoMuted ? [] : ['camera on']),
    ...(person.handRaised ? ['hand raised'] : []),
    ...(person.role === 'moderator' ? ['moderator'] : []),
  ].join(' · ');
  item.append(face, label, marks);
  return item;
}

/** @param {string} name */
const initial = (name) => [...name][0]?.toUpperCase() ?? '?';

/** @param {MediaStream} stream */
function picture(stream) {
  const video = document.createElement('video');
  video.muted = true;
  video.autoplay = true;
  video.srcObject = stream;
  return video;
}
