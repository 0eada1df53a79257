import { useState } from 'react';
import { type ErrorData, toErrorData } from '#shared/domain/errors.ts';
import type { NamedText } from '#shared/protocol/transfers.ts';
import { download } from '../../components/download.ts';
import { useNotify } from '../../components/use-notify.ts';
import { useText } from '../../text/use-text.ts';

/** Makes a file and offers to save it. */
export function useSaveText(): {
  readonly error: ErrorData | undefined;
  save(make: Promise<NamedText>): Promise<void>;
} {
  const { t } = useText();
  const notify = useNotify();
  const [error, setError] = useState<ErrorData>();
  return {
    error,
    save: async (make) => {
      setError(undefined);
      try {
        const { name, text } = await make;
        download(new Blob([text], { type: 'application/json' }), name);
        notify(t('transfers.saved', { name }));
      } catch (cause) {
        setError(toErrorData(cause));
      }
    },
  };
}
