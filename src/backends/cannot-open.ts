/**
 * Something that the program stands on (a database, a server, a file of keys) cannot be used as it is. The message is
 * one line for whoever starts the program.
 */
export class CannotOpen extends Error {
  override readonly name = 'CannotOpen';
}
