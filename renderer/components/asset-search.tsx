import { Combobox, Text, TextInput, type TextInputProps, useCombobox } from '@mantine/core';
import { useState } from 'react';
import type { Asset, Nature } from '#shared/schema/asset.ts';
import { useDirectory } from '../store/directory.tsx';
import { useAssets } from '../store/use-assets.ts';
import { readyValue } from '../store/use-live-query.ts';
import { useQuestion } from '../store/use-question.ts';
import { useText } from '../text/use-text.ts';

type AssetSearchProps = Pick<
  TextInputProps,
  'id' | 'label' | 'description' | 'placeholder' | 'error' | 'autoFocus' | 'disabled'
> & {
  readonly nature: Nature;
  /** Not proposed: chosen already, or the asset itself. */
  readonly without: readonly string[];
  readonly onChoose: (asset: Asset) => void;
};

const PROPOSED = 8;
/** Most types that one question names. */
const MAX_TYPES = 60;

/** Finds a record of one nature as one types or scans; with nothing typed, those changed last. */
export function AssetSearch({ nature, without, onChoose, ...input }: AssetSearchProps) {
  const { t } = useText();
  const [text, setText] = useState('');
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const proposed = useProposed(nature, combobox.dropdownOpened ? text.trim() : undefined, without);
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(id) => {
        const asset = proposed.find((one) => one.id === id);
        if (asset) onChoose(asset);
        setText('');
        combobox.closeDropdown();
      }}
    >
      <Combobox.Target withExpandedAttribute>
        <TextInput
          role="combobox"
          placeholder={t('natures.search.placeholder')}
          autoComplete="off"
          maxLength={200}
          {...input}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.openDropdown();
            combobox.selectFirstOption();
          }}
          onFocus={() => combobox.openDropdown()}
          onBlur={() => {
            combobox.closeDropdown();
            setText('');
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options>
          {proposed.map(({ id, reference, designation, serialNumber, holderName }) => (
            <Combobox.Option key={id} value={id}>
              <Text fz="sm">{designation}</Text>
              <Text fz="xs" c="dimmed">
                {[reference, serialNumber, holderName].filter(Boolean).join(' · ')}
              </Text>
            </Combobox.Option>
          ))}
          {proposed.length === 0 && (
            // A list of choices holds choices only.
            <Combobox.Option value="" disabled>
              {t(`natures.search.none.${noneOf(nature)}`)}
            </Combobox.Option>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function noneOf(nature: Nature): 'licence' | 'contract' | 'other' {
  return nature === 'licence' || nature === 'contract' ? nature : 'other';
}

/** `text` undefined asks nothing. */
function useProposed(nature: Nature, text: string | undefined, without: readonly string[]): readonly Asset[] {
  const { types, contentOfType } = useDirectory();
  const codes = types.map(({ code }) => code).filter((code) => contentOfType(code).nature === nature);
  // Hardware is most of the register: naming its types narrows nothing.
  const isNarrowed = nature !== 'hardware' && codes.length > 0 && codes.length <= MAX_TYPES;
  const filter = { ...(text && { text }), ...(isNarrowed && { typeCode: codes }) };
  const question = text === undefined ? undefined : { filter, offset: 0, limit: PROPOSED * 2 + without.length };
  const found = readyValue(useQuestion('findAssets', question))?.ids ?? [];
  const assets = useAssets(text === undefined ? [] : found.filter((id) => !without.includes(id)));
  return assets.filter((asset) => asset.nature === nature && asset.status !== 'merged').slice(0, PROPOSED);
}
