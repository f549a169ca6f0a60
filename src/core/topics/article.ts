import { type Answer, answer, type ChoiceId, choiceIds } from '../answer.ts';
import type { Day } from '../jamsostek/month.ts';
import type { Program } from '../jamsostek/program.ts';
import type { Article } from '../knowledge/article.ts';
import { type ArticleId, articleIds, articleNamed, isArticle } from '../knowledge/articles.ts';
import { filled } from '../knowledge/filled.ts';
import type { ArticleReading } from '../knowledge/learned.ts';
import type { Language } from '../language.ts';
import type { Speech } from '../speech.ts';
import { briefly, briefText, firstSentence } from './brief-text.ts';
import type { Asked, Words } from './topic.ts';

/** From this confidence on, an article answers a question of the topic that was understood. */
export const enoughInTopic = 0.15;
/** From this confidence on, it answers a question that no topic was sure to be meant by. */
export const enoughAlone = 0.3;
/** From this confidence on, it answers although another topic was understood. */
export const enoughAgainst = 0.6;
/** Below this confidence, the member is told what is being answered, and offered what else it may have been. */
export const certain = 0.5;
/** What is less probable than this is not offered. */
export const worthOffering = 0.08;
/** Characters of one phone screen. */
const screen = 600;
/** Characters of a sentence that answers something by itself. */
const tellsEnough = 40;
/** An article about another program than the one that is named, or was talked about, is hardly meant. */
const ofOtherProgram = 0.5;

/** What an article says today, with its sources; null when it does not hold today. */
export function articleAnswer(id: ArticleId, asked: Asked): Answer | null {
  const { speech, today, subject } = asked;
  const article = articleNamed(id, speech.language);
  const said = filled(article, today, speech);
  if (!said) return null;
  const source = sourceOf([id], asked);
  const next = articleChoices(article.next);
  return {
    ...answer(
      [...said.paragraphs, source],
      [...new Set<ChoiceId>([...next.filter((choice) => !isArticle(choice) || holds(choice, speech, today)), 'menu'])],
    ),
    ...(article.intent !== 'privacy' && { topic: article.intent }),
    brief: said.paragraphs.slice(0, 1),
    short: said.short ?? briefText(said.paragraphs, speech),
    subject: { ...subject, article: id, ...(article.program !== undefined && { program: article.program }) },
  };
}

/** The articles of all topics that a question may be about, likeliest first. */
export function articlesFor(
  { meaning }: Words,
  program: Program | null,
  { speech, today }: Asked,
): readonly ArticleReading[] {
  const found = new Map<ArticleId, number>();
  for (const { id, confidence } of meaning.articles) {
    const now = holdsToday(id, speech, today);
    if (now === null) continue;
    const about = articleNamed(now, speech.language).program;
    const other = program !== null && about !== undefined && about !== program;
    found.set(now, (found.get(now) ?? 0) + (other ? confidence * ofOtherProgram : confidence));
  }
  return [...found].map(([id, confidence]) => ({ id, confidence })).sort((a, b) => b.confidence - a.confidence);
}

/** The article, or where it does not hold today the one that answers in its place; null when neither does. */
function holdsToday(id: ArticleId, speech: Speech, today: Day): ArticleId | null {
  if (holds(id, speech, today)) return id;
  const { instead } = articleNamed(id, speech.language);
  return instead !== undefined && isArticle(instead) && holds(instead, speech, today) ? instead : null;
}

/**
 * The likeliest article as an answer. Where it is not certain, what is answered is named, and what the next likely one says
 * first stands beside it, both to be chosen: each article begins with its answer.
 */
export function likeliestAnswer([best, next]: readonly ArticleReading[], asked: Asked): Answer | null {
  const said = best && articleAnswer(best.id, asked);
  if (!said || best.confidence >= certain) return said ?? null;
  const { speech } = asked;
  const labelled = (id: ArticleId) =>
    speech.text('knowledge.perhaps', { label: articleNamed(id, speech.language).label });
  const other = next && next.confidence >= worthOffering ? articleAnswer(next.id, asked) : null;
  if (next && other) {
    const two = [
      `${labelled(best.id)}\n${said.brief?.join('') ?? ''}`,
      `${labelled(next.id)}\n${other.brief?.join('') ?? ''}`,
      sourceOf([best.id, next.id], asked),
    ];
    if (two.join('\n\n').length <= screen) {
      return {
        ...said,
        short: shortOfTwo([best.id, next.id], asked),
        paragraphs: two,
        brief: two.slice(0, 2),
        offers: [best.id, next.id, 'call_center', 'menu'],
      };
    }
  }
  return {
    ...said,
    short: shortNamed(best.id, asked),
    paragraphs: [labelled(best.id), ...said.paragraphs],
    offers: [...(other && next ? [next.id] : []), ...said.offers],
  };
}

/** In a few words, what an article is called and how it begins. */
function shortNamed(id: ArticleId, { speech, today }: Asked): string {
  const article = articleNamed(id, speech.language);
  const said = filled(article, today, speech);
  const name = `${article.label}: `;
  return `${name}${said?.short ?? briefText(said?.paragraphs ?? [], speech, briefly - name.length)}`;
}

/** The first sentence of each of two articles, by its name; of the likelier alone, where one of them says too little. */
function shortOfTwo(ids: readonly [ArticleId, ArticleId], asked: Asked): string {
  const { speech, today } = asked;
  const lines = ids.flatMap((id) => {
    const article = articleNamed(id, speech.language);
    const sentence = firstSentence(filled(article, today, speech)?.paragraphs ?? [], speech);
    return sentence === null || sentence.length < tellsEnough ? [] : [`${article.label}: ${sentence}`];
  });
  const short = [...lines, speech.text('short.more')].join('\n');
  return lines.length === ids.length && short.length <= briefly ? short : shortNamed(ids[0], asked);
}

/** Where these articles have it from. */
function sourceOf(ids: readonly ArticleId[], { speech, today }: Asked): string {
  const all = ids.map((id) => articleNamed(id, speech.language));
  const sure = all.every((article) => filled(article, today, speech)?.confidence === 'high');
  const [oldest = today] = all.map(({ checked }) => checked).sort();
  return speech.text(sure ? 'knowledge.source' : 'knowledge.source_unsure', {
    sources: [...new Set(all.flatMap(({ sources }) => sources))].join('; '),
    day: speech.day(oldest),
  });
}

/** What a topic says where nothing more exact is asked: about this program, where it has an article of its own. */
export function generalArticle(
  intent: Article['intent'],
  program: Program | null,
  language: Language,
): ArticleId | null {
  const general = articleIds.filter((id) => {
    const article = articleNamed(id, language);
    return article.general && article.intent === intent;
  });
  const programOf = (id: ArticleId) => articleNamed(id, language).program ?? null;
  return general.find((id) => programOf(id) === program) ?? general.find((id) => programOf(id) === null) ?? null;
}

/** The choices of these names; one that there is not is left out, which the articles' checker tells. */
export function articleChoices(names: readonly string[]): ChoiceId[] {
  return names.flatMap((name) => choiceIds.find((known) => known === name) ?? []);
}

function holds(id: ArticleId, speech: Speech, today: Day): boolean {
  return filled(articleNamed(id, speech.language), today, speech) !== null;
}
