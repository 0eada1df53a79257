import { ActionIcon, Combobox, Stack, Text, TextInput, useCombobox } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { map } from 'rxjs';
import type { Asset } from '#shared/schema/asset.ts';
import { MAX_PAPER_ASSETS } from '#shared/schema/paper.ts';
import { readyValue, useLiveQuery } from '../../store/use-live-query.ts';
import { useQuestion } from '../../store/use-question.ts';
import { useText } from '../../text/use-text.ts';
import classes from './papers.module.css';

type AssetChoiceProps = {
  readonly ids: readonly string[];
  readonly isSingle: boolean;
  readonly onChange: (ids: readonly string[]) => void;
};

const PROPOSED = 8;

/** The assets of a paper, one by one, found as one types or scanned. */
export function AssetChoice({ ids, isSingle, onChange }: AssetChoiceProps) {
  const { t } = useText();
  const chosen = useAssets(ids);
  return (
    <Stack gap="xs">
      <AssetSearch
        without={ids}
        onChoose={(id) => onChange(isSingle ? [id] : [...ids, id].slice(0, MAX_PAPER_ASSETS))}
      />
      <ul className={classes.chosen} aria-label={t('papers.make.assets')}>
        {chosen.map(({ id, reference, designation }) => (
          <li key={id}>
            <span>
              <span className={classes.figures}>{reference}</span> · {designation}
            </span>
            <ActionIcon
              size="sm"
              aria-label={t('papers.make.removeAsset', { reference })}
              onClick={() => onChange(ids.filter((known) => known !== id))}
            >
              <IconX size={15} />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </Stack>
  );
}

type AssetSearchProps = { readonly without: readonly string[]; readonly onChoose: (id: string) => void };

function AssetSearch({ without, onChoose }: AssetSearchProps) {
  const { t } = useText();
  const [text, setText] = useState('');
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const typed = text.trim();
  const question = typed ? { filter: { text: typed }, offset: 0, limit: PROPOSED + without.length } : undefined;
  const found = readyValue(useQuestion('findAssets', question))?.ids ?? [];
  const proposed = useAssets(typed ? found.filter((id) => !without.includes(id)).slice(0, PROPOSED) : []);
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(id) => {
        onChoose(id);
        setText('');
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target>
        <TextInput
          label={t('papers.make.addAsset')}
          placeholder={t('papers.make.addAssetHint')}
          autoComplete="off"
          maxLength={200}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.openDropdown();
            combobox.selectFirstOption();
          }}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={proposed.length === 0}>
        <Combobox.Options>
          {proposed.map(({ id, reference, designation, serialNumber }) => (
            <Combobox.Option key={id} value={id}>
              <Text fz="sm">{designation}</Text>
              <Text fz="xs" c="dimmed">
                {[reference, serialNumber].filter(Boolean).join(' · ')}
              </Text>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** In the order of the ids. */
function useAssets(ids: readonly string[]): readonly Asset[] {
  const key = ids.join();
  const assets = readyValue(
    useLiveQuery(ids.length > 0 ? key : undefined, (database) =>
      database.assets
        .findByIds([...ids])
        .$.pipe(map((documents) => ids.flatMap((id) => documents.get(id)?.toJSON() ?? []))),
    ),
  );
  return ids.length === 0 ? [] : (assets ?? []).filter(({ id }) => ids.includes(id));
}
