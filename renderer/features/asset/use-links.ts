import { useCallback } from 'react';
import type { ErrorData } from '#shared/domain/errors.ts';
import type { LinkKind } from '#shared/protocol/links.ts';
import { useActNotice } from '../../store/act-notice.tsx';
import { useCommand } from '../../store/use-command.ts';
import { useText } from '../../text/use-text.ts';

/** Attaches `assetId` to `targetId`: the asset is what holds the link. */
export type LinkEnds = { readonly kind: LinkKind; readonly targetId: string; readonly assetId: string };

export type Links = {
  attach(link: LinkEnds & { readonly seats?: number }): Promise<void>;
  detach(link: LinkEnds): Promise<void>;
  readonly isRunning: boolean;
  readonly error: ErrorData | undefined;
};

/** Attaches and detaches, and offers to take it back at once. */
export function useLinks(): Links {
  const { t } = useText();
  const { announce } = useActNotice();
  const attaching = useCommand('attachAssets');
  const detaching = useCommand('detachAsset');
  const say = useCallback(
    (answer: { readonly actId: string; readonly changed: number } | undefined, message: string, assetId: string) => {
      if (!answer || answer.changed === 0) return;
      announce({ actId: answer.actId, act: undefined, assetIds: [assetId], message, canBeUndone: true });
    },
    [announce],
  );
  return {
    attach: async ({ assetId, seats, ...link }) => {
      const answer = await attaching.run({ ...link, assetIds: [assetId], ...(seats !== undefined && { seats }) });
      say(answer, t('natures.links.attached'), assetId);
    },
    detach: async (link) => say(await detaching.run(link), t('natures.links.detached'), link.assetId),
    isRunning: attaching.isRunning || detaching.isRunning,
    error: attaching.error ?? detaching.error,
  };
}
