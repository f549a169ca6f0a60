/**
 * Takes the console away from everything in this process. libsignal, which Baileys encrypts with, prints whole sessions
 * with their private keys there on ordinary traffic (`session_record.js`); the program itself never writes to it.
 */
export function silenceConsole(): void {
  const silent = () => undefined;
  Object.assign(console, { log: silent, info: silent, warn: silent, error: silent, debug: silent, trace: silent });
}
