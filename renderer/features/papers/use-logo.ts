import { map } from 'rxjs';
import { readyValue, useLiveQuery } from '../../store/use-live-query.ts';

/** The address of a picture that a heading names by its code; `undefined` until it is there, or for ever. */
export function useLogo(code: string | undefined): string | undefined {
  const live = useLiveQuery(code === undefined ? undefined : `logo ${code}`, (database) =>
    database.references
      .findOne({ selector: { kind: 'logo', code: code ?? '' } })
      .$.pipe(map((row) => (row ? pictureOf(row.toJSON().content) : null))),
  );
  return code === undefined ? undefined : (readyValue(live) ?? undefined);
}

/** `data:` address of what a logo's reference holds. */
export function pictureOf(content: unknown): string | null {
  if (typeof content !== 'object' || content === null || !('type' in content) || !('image' in content)) return null;
  const { type, image } = content;
  const isPicture = (type === 'image/png' || type === 'image/jpeg') && typeof image === 'string';
  return isPicture && /^[A-Za-z0-9+/]+={0,2}$/.test(image) ? `data:${type};base64,${image}` : null;
}
