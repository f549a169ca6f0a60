/** What the comparison calls of the libraries, so that it can be checked where they are not installed. */

declare module '@nlpjs/core' {
  interface Container {
    use(language: unknown): void;
    registerConfiguration(tag: string, configuration: object, overwrite: boolean): void;
  }
  export function containerBootstrap(): Promise<Container>;
}

declare module '@nlpjs/nlp' {
  export class Nlp {
    constructor(settings: object);
    addDocument(locale: string, text: string, intent: string): void;
    train(): Promise<unknown>;
    process(locale: string, text: string, context: undefined, settings: object): Promise<{ readonly intent: string }>;
  }
}

declare module '@nlpjs/lang-id' {
  export const LangId: unknown;
}

declare module 'fasttext.wasm.js' {
  interface Labels {
    size(): number;
    get(position: number): readonly [chance: number, label: string];
  }
  interface FastText {
    trainSupervised(
      url: string,
      settings: object,
      progress: () => void,
    ): Promise<{ predict(text: string, labels: number, threshold: number): Labels }>;
  }
  export function getFastTextModule(): Promise<unknown>;
  export function getFastTextClass(options: { getFastTextModule(): Promise<unknown> }): Promise<new () => FastText>;
}

declare module 'wink-naive-bayes-text-classifier' {
  interface Classifier {
    definePrepTasks(tasks: readonly ((text: string) => string[])[]): void;
    defineConfig(settings: { readonly considerOnlyPresence: boolean; readonly smoothingFactor: number }): void;
    learn(text: string, intent: string): void;
    consolidate(): void;
    predict(text: string): string;
  }
  export default function classifier(): Classifier;
}
