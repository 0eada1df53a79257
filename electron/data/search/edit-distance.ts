/**
 * True when one letter makes the difference between `typed` and the beginning of `word`, or the whole of it: one replaced,
 * left out, added, or two neighbours swapped. The first letter is not asked to be right.
 */
export function isOneLetterOff(typed: string, word: string): boolean {
  let same = 0;
  while (same < typed.length && typed.charCodeAt(same) === word.charCodeAt(same)) same += 1;
  if (same === typed.length) return false;
  return (
    goesOn(typed, same + 1, word, same + 1) ||
    goesOn(typed, same, word, same + 1) ||
    goesOn(typed, same + 1, word, same) ||
    (isSwapped(typed, word, same) && goesOn(typed, same + 2, word, same + 2))
  );
}

/** True when the rest of `typed` stands in `word` at this place. */
function goesOn(typed: string, from: number, word: string, at: number): boolean {
  if (word.length - at < typed.length - from) return false;
  for (let place = from; place < typed.length; place += 1) {
    if (typed.charCodeAt(place) !== word.charCodeAt(at + place - from)) return false;
  }
  return true;
}

function isSwapped(typed: string, word: string, place: number): boolean {
  return (
    place + 1 < Math.min(typed.length, word.length) &&
    typed.charCodeAt(place) === word.charCodeAt(place + 1) &&
    typed.charCodeAt(place + 1) === word.charCodeAt(place)
  );
}

/** Every text at one letter of difference, for looking up numbers; letters and digits of the alphabet only. */
export function oneLetterVariants(text: string): string[] {
  const variants = new Set<string>();
  for (let place = 0; place <= text.length; place += 1) {
    const [head, tail] = [text.slice(0, place), text.slice(place)];
    if (tail) variants.add(head + tail.slice(1));
    if (tail.length > 1) variants.add(`${head}${tail[1]}${tail[0]}${tail.slice(2)}`);
    for (const letter of ALPHABET) {
      variants.add(head + letter + tail);
      if (tail) variants.add(head + letter + tail.slice(1));
    }
  }
  variants.delete(text);
  return [...variants];
}

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
