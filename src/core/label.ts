import type { ChoiceId } from './answer.ts';
import { articleNamed, isArticle } from './knowledge/articles.ts';
import type { Speech } from './speech.ts';

/** What a choice is called: an article by its own label, all else by `choices.<id>`. */
export function labelOf(id: ChoiceId, speech: Speech): string {
  return isArticle(id) ? articleNamed(id, speech.language).label : speech.text(`choices.${id}`);
}
