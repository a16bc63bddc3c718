/** `EX_CONFIG` of sysexits.h: something is wrong with what the operator set. */
export const EXIT_CONFIG = 78;
export const EXIT_FAILURE = 1;

/** Ends a command with a message for the operator: no stack. The message says what, why and what to do next. */
export class StartFailure extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number = EXIT_FAILURE) {
    super(message);
    this.exitCode = exitCode;
  }
}
