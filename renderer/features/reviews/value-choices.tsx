import { Radio, Text, TextInput } from '@mantine/core';
import { isSame } from '#shared/merge/three-way.ts';
import type { FieldDecision, ReviewFacts, ValueAuthor } from '#shared/protocol/reviews.ts';
import { ChoiceTable } from '../../components/data-table.tsx';
import { useSession } from '../../store/session.tsx';
import { formatInstant } from '../../text/format.ts';
import { useText } from '../../text/use-text.ts';
import { proposalOf } from './proposal.ts';
import { useReviewWords } from './review-text.ts';
import classes from './reviews.module.css';
import type { Review } from './use-reviews.ts';

type Choices = ReadonlyMap<string, FieldDecision>;

type ValueChoicesProps = {
  readonly review: Review;
  readonly facts: ReviewFacts | undefined;
  readonly choices: Choices;
  /** Absent where nothing is to be decided. */
  readonly onChoose?: (choice: FieldDecision) => void;
};

/** Both values side by side, with who wrote them, when and where; one is marked for each field. */
export function ValueChoices({ review, facts, choices, onChoose }: ValueChoicesProps) {
  const { t } = useText();
  return (
    <ChoiceTable>
      <thead>
        <tr>
          <th scope="col">{t('reviews.field')}</th>
          <th scope="col">{t('reviews.theirs')}</th>
          <th scope="col">{t('reviews.mine')}</th>
          {onChoose && <th scope="col">{t('reviews.other')}</th>}
        </tr>
      </thead>
      <tbody>
        {review.fields.map((field) => (
          <FieldRow
            key={field.field}
            review={review}
            values={field}
            fact={facts?.fields.find((one) => one.field === field.field)}
            choice={choices.get(field.field)}
            onChoose={onChoose}
          />
        ))}
      </tbody>
    </ChoiceTable>
  );
}

type FieldRowProps = {
  readonly review: Review;
  readonly values: Review['fields'][number];
  readonly fact: ReviewFacts['fields'][number] | undefined;
  readonly choice: FieldDecision | undefined;
  readonly onChoose: ValueChoicesProps['onChoose'] | undefined;
};

function FieldRow({ review, values, fact, choice, onChoose }: FieldRowProps) {
  const { t } = useText();
  const words = useReviewWords(review);
  const { field, mine, theirs } = values;
  const isFixed = review.kind === 'edit-after-exit' && field === 'status';
  const proposal = proposalOf(values, fact);
  const hasMoved = fact !== undefined && !isSame(fact.now, theirs);
  const marked = choice?.choice ?? 'theirs';
  const side = (name: 'mine' | 'theirs', value: unknown, author: ValueAuthor | undefined) => (
    <td data-marked={(onChoose && marked === name) || undefined}>
      <Value
        text={words.value(field, value)}
        author={author}
        {...(onChoose && {
          choice: {
            name: `${review.id} ${field}`,
            isMarked: marked === name,
            isDisabled: isFixed && name === 'mine',
            onMark: () => onChoose({ field, choice: name }),
          },
        })}
      />
      {!isFixed && proposal?.choice === name && (
        <span className={classes.proposal}>
          {t('reviews.proposed', { reason: t(`reviews.reason.${proposal.reason}`) })}
        </span>
      )}
    </td>
  );
  return (
    <tr>
      <th scope="row">
        {words.field(field)}
        {hasMoved && (
          <Text fz="xs" c="dimmed" mt={4}>
            {t('reviews.now', { value: words.value(field, fact.now) ?? t('common.notFilled') })}
          </Text>
        )}
        {isFixed && (
          <Text fz="xs" c="dimmed" mt={4}>
            {t('reviews.fixed')}
          </Text>
        )}
      </th>
      {side('theirs', theirs, fact?.theirs)}
      {side('mine', mine, fact?.mine)}
      {onChoose && (
        <td data-marked={marked === 'other' || undefined}>
          {FREE_TEXT.has(field) && (
            <TextInput
              size="xs"
              aria-label={`${words.field(field)} : ${t('reviews.other')}`}
              value={choice?.choice === 'other' && typeof choice.value === 'string' ? choice.value : ''}
              onChange={({ currentTarget: { value } }) =>
                onChoose(value.trim() === '' ? { field, choice: 'theirs' } : { field, choice: 'other', value })
              }
            />
          )}
        </td>
      )}
    </tr>
  );
}

/** Fields in which anything may be written. */
const FREE_TEXT: ReadonlySet<string> = new Set([
  'designation',
  'brand',
  'model',
  'serialNumber',
  'inventoryNumber',
  'room',
  'holderName',
  'supplier',
  'notes',
  'name',
  'label',
]);

type ValueProps = {
  readonly text: string | undefined;
  readonly author: ValueAuthor | undefined;
  readonly choice?: {
    readonly name: string;
    readonly isMarked: boolean;
    readonly isDisabled: boolean;
    readonly onMark: () => void;
  };
};

function Value({ text, author, choice }: ValueProps) {
  const { t } = useText();
  const words = text ?? <em>{t('common.notFilled')}</em>;
  const byline = author && <Byline author={author} />;
  if (!choice) {
    return (
      <>
        <span className={classes.value}>{words}</span>
        {byline}
      </>
    );
  }
  return (
    <Radio
      name={choice.name}
      checked={choice.isMarked}
      disabled={choice.isDisabled}
      onChange={choice.onMark}
      label={words}
      description={byline}
      classNames={{ label: classes.value ?? '' }}
    />
  );
}

function Byline({ author }: { readonly author: ValueAuthor }) {
  const { t, language } = useText();
  const { identity } = useSession();
  return (
    <Text span fz="xs" c="dimmed" display="block">
      {t('reviews.byline', {
        name: author.name,
        date: formatInstant(author.declaredAt, language),
        place: placeOf(author, identity?.device.id),
      })}
    </Text>
  );

  function placeOf({ deviceId, deviceCode }: ValueAuthor, ownId: string | undefined): string {
    if (deviceId === ownId) return t('reviews.here');
    return deviceCode === undefined ? t('reviews.there') : t('reviews.thereOn', { code: deviceCode });
  }
}
