/** Days as the parties of the examples read them: after 21:00 UTC it is tomorrow in Moscow, Kyiv and Doha. */
export const today = (zone = 'Europe/Moscow'): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date());
/** So many days from today on; negative for the past. */
export const daysFromToday = (days: number, zone?: string): string =>
  new Date(Date.parse(today(zone)) + days * 86_400_000).toISOString().slice(0, 10);
