/** Two records of one thing. */
export const merge = {
  compare: 'Compare and merge',
  title: 'Merge two records of one thing',
  intro:
    'One record goes on; the other stays in the register as merged, with its history and papers. All of it can be undone.',
  kept: 'Record kept',
  other: 'Record merged',
  swap: 'Keep the other one',
  field: 'Field',
  take: 'Keep this value',
  same_one: '{{count, number}} field says the same on both records.',
  same_other: '{{count, number}} fields say the same on both records.',
  allSame: 'Both records say the same.',
  reason: 'Why is it the same thing?',
  reasonHint: 'For example: same serial number, entered twice during the inventory.',
  confirm: 'Merge the two records',
  done: '{{other}} was merged into {{kept}}.',
  cannot: {
    title: 'These records cannot be merged',
    gone: 'One of them is not on this desktop.',
    nature: 'They are not of the same kind.',
    merged: 'One of them is merged already.',
    role: 'Your role does not allow merging records.',
  },
  twin: {
    title: 'Another record bears the same number',
    serialNumber: '{{reference}} has the same serial number.',
    inventoryNumber: '{{reference}} has the same inventory number.',
  },
  merged: {
    title: 'This record was merged',
    text: 'It is the same thing as the record that was kept. It stays here for its history.',
    open: 'Open the record kept',
  },
  refusal: {
    'same-record': 'A record is not merged with itself.',
    'other-nature': '{{reference}} is not of the same kind.',
    'already-merged': '{{reference}} is a merged record: it no longer changes.',
  },
};
