import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  Select,
  SimpleGrid,
  Stack,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { IconArrowBackUp, IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { ATTRIBUTE_KINDS } from '#shared/schema/equipment-type.ts';
import { useText } from '../../text/use-text.ts';
import {
  type AttributeDraft,
  findDraftFault,
  move,
  newAttribute,
  restore,
  retire,
  type TypeDraft,
} from './attribute-drafts.ts';
import classes from './reference-data.module.css';

/** Most characteristics of a type. */
const MOST = 60;

type AttributeEditorProps = {
  readonly draft: TypeDraft;
  readonly onChange: (draft: TypeDraft) => void;
  readonly isReadOnly: boolean;
  /** After an attempt to save: what is missing shows. */
  readonly isChecked: boolean;
};

/** The characteristics of a type in their order. */
export function AttributeEditor({ draft, onChange, isReadOnly, isChecked }: AttributeEditorProps) {
  const { t } = useText();
  const fault = isChecked ? findDraftFault(draft) : undefined;
  const replace = (next: AttributeDraft) =>
    onChange({ ...draft, attributes: draft.attributes.map((known) => (known.id === next.id ? next : known)) });
  return (
    <Stack gap="xs">
      <div>
        <Text fw={600}>{t('references.editor.attributes')}</Text>
        <Text fz="sm" c="dimmed">
          {draft.attributes.length > 0 ? t('references.editor.attributesText') : t('references.editor.noAttributes')}
        </Text>
      </div>
      {draft.attributes.map((attribute, place) => (
        <AttributeCard
          key={attribute.id}
          attribute={attribute}
          place={place}
          count={draft.attributes.length}
          fault={fault?.id === attribute.id ? fault.field : undefined}
          isReadOnly={isReadOnly}
          onChange={replace}
          onMove={(to) => onChange(move(draft, place, to))}
          onRetire={() => onChange(retire(draft, attribute))}
        />
      ))}
      {!isReadOnly && draft.attributes.length < MOST && (
        <Button
          variant="subtle"
          size="xs"
          leftSection={<IconPlus size={15} />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => onChange({ ...draft, attributes: [...draft.attributes, newAttribute(draft)] })}
        >
          {t('references.editor.add')}
        </Button>
      )}
      {draft.retired.length > 0 && (
        <Retired draft={draft} isReadOnly={isReadOnly} onRestore={(attribute) => onChange(restore(draft, attribute))} />
      )}
    </Stack>
  );
}

type AttributeCardProps = {
  readonly attribute: AttributeDraft;
  readonly place: number;
  readonly count: number;
  readonly fault: 'label' | 'choices' | undefined;
  readonly isReadOnly: boolean;
  readonly onChange: (attribute: AttributeDraft) => void;
  readonly onMove: (to: number) => void;
  readonly onRetire: () => void;
};

function AttributeCard(props: AttributeCardProps) {
  const { attribute, place, count, fault, isReadOnly, onChange, onMove, onRetire } = props;
  const { t } = useText();
  const name = t('references.editor.attribute', { place: place + 1 });
  const label = attribute.label || name;
  const set = (part: Partial<AttributeDraft>) => onChange({ ...attribute, ...part });
  return (
    <fieldset aria-label={name} className={classes.attribute}>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Stack gap="xs" flex={1} miw={0}>
          <SimpleGrid cols={2} spacing="xs">
            <TextInput
              size="xs"
              label={t('references.editor.label')}
              required
              maxLength={80}
              autoComplete="off"
              value={attribute.label}
              onChange={(event) => set({ label: event.currentTarget.value })}
              error={fault === 'label' && t('references.problem.required')}
            />
            <Select
              size="xs"
              label={t('references.editor.kind')}
              allowDeselect={false}
              disabled={isReadOnly}
              data={ATTRIBUTE_KINDS.map((kind) => ({
                value: kind,
                label: t(`references.editor.attributeKind.${kind}`),
              }))}
              value={attribute.kind}
              onChange={(kind) => kind && set({ kind })}
            />
          </SimpleGrid>
          {attribute.kind === 'number' && (
            <TextInput
              size="xs"
              label={t('references.editor.unit')}
              maxLength={20}
              maw={160}
              autoComplete="off"
              value={attribute.unit}
              onChange={(event) => set({ unit: event.currentTarget.value })}
            />
          )}
          {attribute.kind === 'choice' && (
            <TagsInput
              size="xs"
              label={t('references.editor.choices')}
              description={t('references.editor.choicesHint')}
              disabled={isReadOnly}
              maxTags={50}
              value={[...attribute.choices]}
              onChange={(choices) => set({ choices: choices.map((choice) => choice.slice(0, 80)) })}
              acceptValueOnBlur
              error={fault === 'choices' && t('references.problem.choices-missing', { detail: label })}
            />
          )}
          <Checkbox
            size="xs"
            label={t('references.editor.required')}
            checked={attribute.isRequired}
            onChange={(event) => set({ isRequired: event.currentTarget.checked })}
          />
        </Stack>
        {!isReadOnly && (
          <Group gap={2} wrap="nowrap">
            <ActionIcon
              size="sm"
              aria-label={t('references.editor.up', { label })}
              disabled={place === 0}
              onClick={() => onMove(place - 1)}
            >
              <IconArrowUp size={15} />
            </ActionIcon>
            <ActionIcon
              size="sm"
              aria-label={t('references.editor.down', { label })}
              disabled={place === count - 1}
              onClick={() => onMove(place + 1)}
            >
              <IconArrowDown size={15} />
            </ActionIcon>
            <ActionIcon size="sm" aria-label={t('references.editor.retire', { label })} onClick={onRetire}>
              <IconTrash size={15} />
            </ActionIcon>
          </Group>
        )}
      </Group>
    </fieldset>
  );
}

type RetiredProps = {
  readonly draft: TypeDraft;
  readonly isReadOnly: boolean;
  readonly onRestore: (attribute: AttributeDraft) => void;
};

function Retired({ draft, isReadOnly, onRestore }: RetiredProps) {
  const { t } = useText();
  return (
    <Stack gap={4} mt="xs">
      <Text fw={600} fz="sm">
        {t('references.editor.retired')}
      </Text>
      <Text fz="xs" c="dimmed">
        {t('references.editor.retiredText')}
      </Text>
      {draft.retired.map((attribute) => (
        <Group key={attribute.id} gap="xs">
          <Text fz="sm">{attribute.label}</Text>
          {!isReadOnly && (
            <ActionIcon
              size="sm"
              aria-label={t('references.editor.restore', { label: attribute.label })}
              onClick={() => onRestore(attribute)}
            >
              <IconArrowBackUp size={15} />
            </ActionIcon>
          )}
        </Group>
      ))}
    </Stack>
  );
}
