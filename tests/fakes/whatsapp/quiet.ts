const methods = ['debug', 'log', 'info', 'warn', 'error'] as const;
let quiet = false;

/**
 * Keeps libsignal from printing in this process. On ordinary traffic it says whole sessions through `console`, private
 * keys among them, and it takes no logger. What anyone else prints is printed as before.
 */
export function quietLibsignal(): void {
  if (quiet) return;
  quiet = true;
  const printer = globalThis.console;
  for (const method of methods) {
    const print = printer[method].bind(printer);
    printer[method] = (...said: unknown[]) => {
      // Who called is told by the stack alone: its lines are the error, this function, and the caller.
      const caller = new Error('Who prints?').stack?.split('\n')[2] ?? '';
      if (!caller.includes('/libsignal/')) print(...said);
    };
  }
}
