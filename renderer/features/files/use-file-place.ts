import type { FileState, FilesState } from '#shared/protocol/files.ts';
import type { RegisterFile } from '#shared/schema/file.ts';
import { useText } from '../../text/use-text.ts';

/** Where a file is, in a few words; while it travels, how far it is. */
export function useFilePlace(): (
  file: Pick<RegisterFile, 'id'>,
  state: FileState | undefined,
  active: FilesState['active'],
) => string {
  const { t } = useText();
  return ({ id }, state, active) => {
    if (active?.fileId === id && active.total > 0 && state?.place !== 'received') {
      const share = Math.floor((100 * active.done) / active.total);
      // A thumbnail that comes is not the file.
      if (active.direction === 'up' || state?.place === 'awaited')
        if (state?.parcel !== undefined) return t('files.place.sent', { number: state.parcel });
      return t(`files.travels.${active.direction}`, { share });
    }
    return t(`files.place.${state?.place ?? 'remote'}`);
  };
}
