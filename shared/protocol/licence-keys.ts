import { Type } from 'typebox';
import { Id } from '../schema/collection.ts';

/** The part of the data port that is about keys of licences: on this desktop only, asked for with the passphrase (SPEC L4). */

/** Most characters of a licence key; some are whole files in base64. */
export const MAX_LICENCE_KEY = 4000;

const Passphrase = Type.String({ minLength: 1, maxLength: 1000 });

export const LICENCE_KEY_COMMANDS = {
  /** Keeps a key, in the place of the one before; `null` erases it. `KEY_WRONG_PASSPHRASE` changes nothing. */
  writeLicenceKey: Type.Object(
    {
      assetId: Id,
      key: Type.Union([Type.String({ minLength: 1, maxLength: MAX_LICENCE_KEY }), Type.Null()]),
      passphrase: Passphrase,
    },
    { additionalProperties: false },
  ),
  revealLicenceKey: Type.Object({ assetId: Id, passphrase: Passphrase }, { additionalProperties: false }),
} as const;

export const LICENCE_KEY_QUESTIONS = {
  /** Whether this desktop keeps a key of this licence. */
  hasLicenceKey: Type.Object({ assetId: Id }, { additionalProperties: false }),
} as const;

export type LicenceKeyCommandOutput = {
  writeLicenceKey: null;
  revealLicenceKey: { readonly key: string };
};

export type LicenceKeyQuestionOutput = { hasLicenceKey: boolean };
