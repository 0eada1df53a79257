/** Addresses of the screens, behind the `#` of the page. */
export const paths = {
  assets: '/',
  newAsset: '/assets/new',
  asset: (id: string) => `/assets/${id}`,
  editAsset: (id: string) => `/assets/${id}/edit`,
  import: '/import',
  sync: '/sync',
  settings: '/settings',
  enrolment: '/enrolment',
} as const;
