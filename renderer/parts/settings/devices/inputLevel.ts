/** How loud a microphone is, and a tone for a speaker. */

/** What the meter shows as nothing, in dB below full scale: a quiet room. */
const QUIET_DB = -60;
/** How much of the last reading stays in the next, so that the bar can be read. */
const FALL = 0.8;

/** How often the meter is read, in ms. */
const READ_EVERY_MS = 50;

/**
 * Calls `onLevel` with the loudness of a stream, from 0 to 100, until the result is called.
 */
export function listenToLevel(stream: MediaStream, onLevel: (level: number) => void): () => void {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 2048 });
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let shown = 0;
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    shown = Math.max(levelOf(samples), shown * FALL);
    onLevel(Math.round(shown));
  }, READ_EVERY_MS);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}

/** From samples of -1 to 1 to 0 … 100, even steps of loudness being even steps of decibels. */
export function levelOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
  const decibels = 10 * Math.log10(power);
  return Math.min(100, Math.max(0, 100 * (1 - decibels / QUIET_DB)));
}
