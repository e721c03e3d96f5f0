/** The Member States of the European Union, ISO 3166-1 alpha-2. */
export const EU_MEMBERS = [
  ...['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU'],
  ...['IE', 'IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'],
] as const

/** Parts of Member States that have a code of their own and belong to the Union (TFEU articles 349 and 355). */
export const EU_REGIONS = ['AX', 'GF', 'GP', 'MF', 'MQ', 'RE', 'YT'] as const

/** The rest of the European Economic Area. */
export const EEA_OTHERS = ['IS', 'LI', 'NO'] as const

/** French territories outside the Union. */
export const FRENCH_COLLECTIVITIES = ['BL', 'NC', 'PF', 'PM', 'TF', 'WF'] as const
