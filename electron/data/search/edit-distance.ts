/**
 * True when one letter makes the difference between `typed` and the beginning of `word`, or the whole of it: one replaced,
 * left out, added, or two neighbours swapped. The first letter is not asked to be right.
 */
export function isOneLetterOff(typed: string, word: string): boolean {
  const end = typed.length;
  let same = 0;
  while (same < end && typed[same] === word[same]) same += 1;
  if (same === end) return false;
  const startsAt = (from: number, typedFrom: number): boolean => word.startsWith(typed.slice(typedFrom), from);
  return (
    startsAt(same + 1, same + 1) ||
    startsAt(same + 1, same) ||
    startsAt(same, same + 1) ||
    (typed[same] === word[same + 1] && typed[same + 1] === word[same] && startsAt(same + 2, same + 2))
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
