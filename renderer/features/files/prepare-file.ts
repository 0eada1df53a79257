import { AppError } from '#shared/domain/errors.ts';
import { MAX_FILE_BYTES, MAX_PHOTO_BYTES } from '#shared/schema/file.ts';

/** Pixels of the longer side (SPEC F3). */
const PHOTO_SIDE = 2048;
const THUMBNAIL_SIDE = 320;
/** Bytes that a thumbnail should not pass: many are sent over lines that carry little. */
const THUMBNAIL_BYTES = 15_000;

/** What is attached of a chosen file. */
export type PreparedFile = {
  readonly kind: 'photo' | 'document';
  readonly name: string;
  readonly content: Blob;
  readonly thumbnail?: Blob;
  readonly width?: number;
  readonly height?: number;
  readonly original?: { readonly hash: string; readonly bytes: number };
};

/**
 * SPEC F3: a picture becomes a photo of at most 2,048 pixels, drawn anew: turned as the camera held it, and without the
 * place, the time and the device that the camera wrote into it. Anything else stays what it is.
 * @throws AppError COMMAND_INVALID (problem `too-large`, `empty`)
 */
export async function prepareFile(file: File): Promise<PreparedFile> {
  if (file.size === 0) throw refusal('empty');
  if (file.size > MAX_FILE_BYTES) throw refusal('too-large');
  const name = file.name.slice(-200);
  const picture = file.type.startsWith('image/') ? await decode(file) : undefined;
  if (!picture) return { kind: 'document', name, content: file };
  try {
    const content = await draw(picture, PHOTO_SIDE, 'image/jpeg', MAX_PHOTO_BYTES, [0.8, 0.6, 0.4]);
    const thumbnail = await draw(picture, THUMBNAIL_SIDE, 'image/webp', THUMBNAIL_BYTES, [0.7, 0.5, 0.3]);
    const size = sizeWithin(picture, PHOTO_SIDE);
    return { kind: 'photo', name, content, thumbnail, ...size, original: await hashOf(file) };
  } finally {
    picture.close();
  }
}

/** Pictures that Chromium does not read (HEIC, for one) are none here: the data process says that it does not know them. */
function decode(file: File): Promise<ImageBitmap | undefined> {
  return createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => undefined);
}

function sizeWithin({ width, height }: ImageBitmap, side: number): { readonly width: number; readonly height: number } {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The best of these qualities that stays below so many bytes, or the last. */
async function draw(
  picture: ImageBitmap,
  side: number,
  type: string,
  limit: number,
  qualities: readonly number[],
): Promise<Blob> {
  const { width, height } = sizeWithin(picture, side);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new AppError('INTERNAL', 'There is no canvas');
  context.imageSmoothingQuality = 'high';
  // What is transparent would turn black in a JPEG.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0, width, height);
  let drawn = await canvas.convertToBlob({ type, quality: qualities[0] ?? 0.8 });
  for (const quality of qualities.slice(1)) {
    if (drawn.size <= limit) break;
    drawn = await canvas.convertToBlob({ type, quality });
  }
  return drawn;
}

async function hashOf(file: File): Promise<{ readonly hash: string; readonly bytes: number }> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  const hash = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return { hash, bytes: file.size };
}

function refusal(problem: string): AppError {
  return new AppError('COMMAND_INVALID', 'The file cannot be attached', { details: { field: 'file', problem } });
}
