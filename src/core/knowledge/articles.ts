import { articleFiles } from '../../locales/knowledge.ts';
import { type Brand, branded } from '../brand.ts';
import { type Language, languages } from '../language.ts';
import { type Article, readArticle } from './article.ts';

/** The name of an article that there is. */
export type ArticleId = Brand<string, 'ArticleId'>;

/** Every article, by language and name. */
export const articles: Readonly<Record<Language, ReadonlyMap<string, Article>>> = { id: read('id'), en: read('en') };

/** The names of all articles, in every language the same. */
export const articleIds: readonly ArticleId[] = [
  ...new Set(languages.flatMap((language) => [...articles[language].keys()].map((id) => branded<ArticleId>(id)))),
];
const known: ReadonlySet<string> = new Set(articleIds);

export function isArticle(id: string): id is ArticleId {
  return known.has(id);
}

/** Throws where it is missing in that language, which a test excludes. */
export function articleNamed(id: ArticleId, language: Language): Article {
  const article = articles[language].get(id);
  if (!article) throw new Error(`article ${id} is missing in ${language}`);
  return article;
}

function read(language: Language): Map<string, Article> {
  return new Map([...articleFiles[language]].map(([id, file]) => [id, readArticle(id, file)]));
}
