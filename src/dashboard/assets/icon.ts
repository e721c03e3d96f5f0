/** The crow's nest: a mast, its barrel and a pennant. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0a5a73"/><path d="M16 5v22M9.5 13h13l-2 6.5h-9zM16 5l6.5 2.5L16 10" fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/></svg>
`
