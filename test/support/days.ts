/** Days as the parties of the examples read them: after 21:00 UTC it is tomorrow in Moscow, Kyiv and Doha. */
export const today = (zone = 'Europe/Moscow'): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date());
