import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconSignature } from '@tabler/icons-react';
import { useState } from 'react';
import type { PaperContent } from '#shared/schema/paper.ts';
import { useText } from '../../text/use-text.ts';
import type { DraftSignature, PaperDraft } from './paper-draft.ts';
import classes from './papers.module.css';
import { SignaturePad } from './signature-pad.tsx';

type Block = PaperContent['signatures'][number];

type SignatureFieldsProps = {
  readonly blocks: readonly Block[];
  readonly signatures: PaperDraft['signatures'];
  /** Why a block cannot be signed like this, by its place. */
  readonly problems: ReadonlyMap<number, string>;
  readonly onChange: (signatures: PaperDraft['signatures']) => void;
};

const NOBODY: DraftSignature = { name: '', quality: '' };

/** Who signs each block: a name, a quality, and where wanted the signature itself. */
export function SignatureFields({ blocks, signatures, problems, onChange }: SignatureFieldsProps) {
  return (
    <Stack gap="sm">
      {blocks.map((block, index) => (
        <SignatureBlock
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks stay where the template puts them.
          key={index}
          block={block}
          signature={signatures[index] ?? NOBODY}
          problem={problems.get(index)}
          onChange={(signature) => onChange({ ...signatures, [index]: signature })}
        />
      ))}
    </Stack>
  );
}

type SignatureBlockProps = {
  readonly block: Block;
  readonly signature: DraftSignature;
  readonly problem: string | undefined;
  readonly onChange: (signature: DraftSignature) => void;
};

function SignatureBlock({ block, signature, problem, onChange }: SignatureBlockProps) {
  const { t } = useText();
  const [isSigning, setSigning] = useState(false);
  const { name, quality, image } = signature;
  return (
    <fieldset className={classes.part}>
      <legend>
        <Text fz="sm" fw={600} component="span">
          {block.label}
        </Text>
      </legend>
      <Stack gap="xs">
        <Group gap="xs" grow align="flex-start">
          <TextInput
            label={t('papers.make.signer')}
            placeholder={block.name ?? ''}
            autoComplete="off"
            maxLength={150}
            value={name}
            error={problem}
            onChange={(event) => onChange({ ...signature, name: event.currentTarget.value })}
          />
          <TextInput
            label={t('papers.make.quality')}
            autoComplete="off"
            maxLength={150}
            value={quality}
            onChange={(event) => onChange({ ...signature, quality: event.currentTarget.value })}
          />
        </Group>
        {image ? (
          <Group gap="xs">
            <img className={classes.signed} src={`data:image/png;base64,${image}`} alt={t('papers.make.signed')} />
            <Button size="xs" variant="subtle" onClick={() => onChange({ name, quality })}>
              {t('papers.make.removeSignature')}
            </Button>
          </Group>
        ) : (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconSignature size={16} />}
            disabled={!name.trim() && !block.name}
            onClick={() => setSigning(true)}
          >
            {t('papers.make.draw')}
          </Button>
        )}
      </Stack>
      {isSigning && (
        <SignaturePad
          label={block.label}
          onClose={() => setSigning(false)}
          onSign={(drawn) => {
            setSigning(false);
            onChange({ name: name.trim() || (block.name ?? ''), quality, image: drawn });
          }}
        />
      )}
    </fieldset>
  );
}
