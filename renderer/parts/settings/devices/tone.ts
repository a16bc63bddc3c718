/** Two notes, soft enough for headphones: frequencies in Hz. */
const NOTES = [523.25, 659.25];
const NOTE_S = 0.35;
const LOUDNESS = 0.2;

/**
 * Plays the notes on a speaker, and resolves when they are over. Rejects where the speaker cannot be used.
 *
 * @param deviceId as this page knows it; `undefined` is the system's default
 */
export async function playTone(deviceId: string | undefined): Promise<void> {
  const context = new AudioContext();
  const player = new Audio();
  try {
    const sound = context.createMediaStreamDestination();
    player.srcObject = sound.stream;
    if (deviceId !== undefined) await player.setSinkId(deviceId);
    await player.play();
    await Promise.all(NOTES.map((hertz, index) => playNote(context, sound, hertz, index * NOTE_S)));
  } finally {
    player.srcObject = null;
    await context.close();
  }
}

/** @param delay until it begins, in s */
function playNote(context: AudioContext, sound: AudioNode, hertz: number, delay: number): Promise<void> {
  const start = context.currentTime + delay;
  const end = start + NOTE_S;
  const note = new OscillatorNode(context, { frequency: hertz });
  const loudness = new GainNode(context, { gain: 0 });
  // Begun and ended softly: a jump would crack.
  loudness.gain.setValueAtTime(0, start);
  loudness.gain.linearRampToValueAtTime(LOUDNESS, start + 0.03);
  loudness.gain.linearRampToValueAtTime(0, end);
  note.connect(loudness).connect(sound);
  note.start(start);
  note.stop(end);
  return new Promise((resolve) => note.addEventListener('ended', () => resolve(), { once: true }));
}
