import { ActionIcon, Button, Group, Stack } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useText } from '../../text/use-text.ts';
import classes from './papers.module.css';

type ListEditorProps<Item> = {
  /** Names the list to whoever does not see it. */
  readonly label: string;
  readonly items: readonly Item[];
  readonly onChange: (items: Item[]) => void;
  readonly add: { readonly label: string; readonly make: () => NoInfer<Item>; readonly most: number };
  readonly children: (item: Item, change: (item: Item) => void, index: number) => ReactNode;
};

/** Parts of a template in their order: added, taken out, moved up and down. */
export function ListEditor<Item>({ label, items, onChange, add, children }: ListEditorProps<Item>) {
  const replace = (index: number, item: Item) =>
    onChange(items.map((known, place) => (place === index ? item : known)));
  return (
    <Stack gap="xs">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is what such a part is known by.
        <Group key={index} className={classes.part} gap="xs" wrap="nowrap" align="flex-start">
          <div style={{ flex: 1, minWidth: 0 }}>{children(item, (next) => replace(index, next), index)}</div>
          <MoveButtons label={`${label} ${index + 1}`} index={index} items={items} onChange={onChange} />
        </Group>
      ))}
      {items.length < add.most && (
        <Button
          variant="subtle"
          size="xs"
          leftSection={<IconPlus size={15} />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => onChange([...items, add.make()])}
        >
          {add.label}
        </Button>
      )}
    </Stack>
  );
}

type MoveButtonsProps<Item> = {
  readonly label: string;
  readonly index: number;
  readonly items: readonly Item[];
  readonly onChange: (items: Item[]) => void;
};

function MoveButtons<Item>({ label, index, items, onChange }: MoveButtonsProps<Item>) {
  const { t } = useText();
  const swap = (other: number) => {
    const next = [...items];
    const [item] = next.splice(index, 1);
    if (item !== undefined) next.splice(other, 0, item);
    onChange(next);
  };
  return (
    <Group gap={2} wrap="nowrap">
      <ActionIcon
        size="sm"
        aria-label={`${t('papers.template.up')} : ${label}`}
        disabled={index === 0}
        onClick={() => swap(index - 1)}
      >
        <IconArrowUp size={15} />
      </ActionIcon>
      <ActionIcon
        size="sm"
        aria-label={`${t('papers.template.down')} : ${label}`}
        disabled={index === items.length - 1}
        onClick={() => swap(index + 1)}
      >
        <IconArrowDown size={15} />
      </ActionIcon>
      <ActionIcon
        size="sm"
        aria-label={`${t('papers.template.remove')} : ${label}`}
        onClick={() => onChange(items.filter((_, place) => place !== index))}
      >
        <IconTrash size={15} />
      </ActionIcon>
    </Group>
  );
}
