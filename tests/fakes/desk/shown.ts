/** A button under a message: one that can be tapped has an id, one that opens something an address. */
export interface ShownButton {
  readonly label: string;
  readonly id: string | null;
  readonly url: string | null;
}

/** A message as the page shows it, on each platform. */
export interface Line {
  readonly id: string;
  /** The name of whoever wrote it; null for the assistant. */
  readonly from: string | null;
  readonly text: string;
  /** What else is to be said of it, in a few words each. */
  readonly notes: readonly string[];
  readonly buttons: readonly (readonly ShownButton[])[];
  readonly place: { readonly name: string; readonly latitude: number; readonly longitude: number } | null;
  /** A file, and where the page gets it. */
  readonly file: { readonly name: string; readonly url: string } | null;
}

/** A chat as the page shows it. */
export interface ShownChat {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly Line[];
  readonly typing: boolean;
  /** Rows of the keyboard in place of letters. */
  readonly keys: readonly (readonly string[])[];
  /** What the platform said last beside the chat, as the answer to a tap; empty when it said nothing. */
  readonly notice: string;
}

/** Everything that the page shows. */
export interface DeskState {
  readonly telegram: {
    /** Who has a private chat, by its id. */
    readonly people: readonly { readonly id: string; readonly name: string; readonly blocked: boolean }[];
    readonly chats: readonly ShownChat[];
    /** Where updates are delivered; empty when the program asks for them. */
    readonly webhook: string;
    /** What the program has put into the menu. */
    readonly commands: readonly string[];
  };
  readonly whatsapp: {
    readonly chats: readonly ShownChat[];
    /** The devices that were linked to the assistant's number. */
    readonly devices: readonly { readonly name: string; readonly standing: string; readonly online: boolean }[];
    /** What of the platform does not work as it should, by the names of its settings. */
    readonly trouble: readonly string[];
  };
  readonly sms: {
    /** A thread for each telephone, by its number. */
    readonly chats: readonly ShownChat[];
    /** Where a text of the program arrived last; null before the first. */
    readonly latest: { readonly chat: string; readonly line: string } | null;
  };
}
