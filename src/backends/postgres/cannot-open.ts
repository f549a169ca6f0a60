/** The members' database cannot be opened. The message is one line for whoever starts the program. */
export class CannotOpen extends Error {
  override readonly name = 'CannotOpen';
}
