import { Text, UnstyledButton } from '@mantine/core';
import { IconFileSpreadsheet, IconFileText, IconFileTypePdf, IconPhoto } from '@tabler/icons-react';
import type { FileState, FilesState } from '#shared/protocol/files.ts';
import type { RegisterFile } from '#shared/schema/file.ts';
import { usePicture } from '../../store/use-files.ts';
import { useText } from '../../text/use-text.ts';
import classes from './files.module.css';
import { useFilePlace } from './use-file-place.ts';

type FileTileProps = {
  readonly file: RegisterFile;
  readonly state: FileState | undefined;
  readonly active: FilesState['active'];
  readonly onOpen: () => void;
};

/** One file among those of an asset: what it looks like, and where it is. */
export function FileTile({ file, state, active, onOpen }: FileTileProps) {
  const { t } = useText();
  const place = useFilePlace();
  const picture = usePicture(file.id, 'thumbnail', 'image/webp', state?.hasThumbnail === true);
  const where = place(file, state, active);
  return (
    <li>
      <UnstyledButton
        className={classes.tile}
        onClick={onOpen}
        aria-label={t('files.open', { name: file.name, where })}
      >
        <span className={classes.picture}>
          {picture ? <img src={picture} alt="" /> : <FileIcon file={file} size={40} />}
        </span>
        <span className={classes.caption}>
          <Text component="span" display="block" fz="sm" truncate title={file.name}>
            {file.name}
          </Text>
          <Text component="span" display="block" fz="xs" c="dimmed">
            {where}
          </Text>
        </span>
      </UnstyledButton>
    </li>
  );
}

export function FileIcon({ file: { mediaType }, size }: { readonly file: RegisterFile; readonly size: number }) {
  const facts = { size, stroke: 1.3, 'aria-hidden': true } as const;
  if (mediaType.startsWith('image/')) return <IconPhoto {...facts} />;
  if (mediaType === 'application/pdf') return <IconFileTypePdf {...facts} />;
  return mediaType.includes('sheet') ? <IconFileSpreadsheet {...facts} /> : <IconFileText {...facts} />;
}
