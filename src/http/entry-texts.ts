/** What the pages say that mails lead to, per language. */
import type { Language } from '../contracts/mechanism';

export interface EntryTexts {
  /** Of the language in itself. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly caseTitle: string;
  readonly inboxTitle: string;
  /** Why nothing of a case stands here. */
  readonly why: string;
  readonly firstSignIn: string;
  /** With the local issuer. */
  readonly byLink: string;
  /** With an issuer of an office; its link follows. */
  readonly byIssuer: string;
  readonly thenCase: string;
  readonly thenInbox: string;
  readonly orPage: string;
  readonly apiPage: string;
  readonly otherLanguages: string;
}

export const entryTexts = {
  en: {
    language: 'English',
    direction: 'ltr',
    caseTitle: 'This case is seen after sign-in',
    inboxTitle: 'Your inbox is seen after sign-in',
    why: 'This page is the same for every reference, and says nothing about whether there is such a case. For now Homeward is used from a terminal; screens will follow.',
    firstSignIn: 'Sign in with your link:',
    byLink:
      'A sign-in link works once, for fifteen minutes. Ask whoever runs Homeward in your office for one.',
    byIssuer: 'Your office signs you in here:',
    thenCase: 'Then look at the case:',
    thenInbox: 'Then look at what waits for you:',
    orPage: 'Or use the page of the interface in this browser:',
    apiPage: 'the API page',
    otherLanguages: 'Other languages',
  },
  uk: {
    language: 'Українська',
    direction: 'ltr',
    caseTitle: 'Цю справу видно після входу',
    inboxTitle: 'Ваші завдання видно після входу',
    why: 'Ця сторінка однакова для будь-якого номера й нічого не каже про те, чи існує така справа. Наразі Homeward працює з термінала; екрани з’являться згодом.',
    firstSignIn: 'Увійдіть за своїм посиланням:',
    byLink:
      'Посилання для входу діє один раз, п’ятнадцять хвилин. Його надає той, хто у вашій установі відповідає за Homeward.',
    byIssuer: 'Ваша установа забезпечує вхід тут:',
    thenCase: 'Потім відкрийте справу:',
    thenInbox: 'Потім перегляньте, що чекає на вас:',
    orPage: 'Або скористайтеся сторінкою інтерфейсу в цьому браузері:',
    apiPage: 'сторінка API',
    otherLanguages: 'Інші мови',
  },
  ru: {
    language: 'Русский',
    direction: 'ltr',
    caseTitle: 'Это дело видно после входа',
    inboxTitle: 'Ваши задачи видны после входа',
    why: 'Эта страница одинакова для любого номера и ничего не говорит о том, есть ли такое дело. Пока Homeward работает из терминала; экраны появятся позже.',
    firstSignIn: 'Войдите по своей ссылке:',
    byLink:
      'Ссылка для входа действует один раз, пятнадцать минут. Её выдаёт тот, кто в вашем учреждении отвечает за Homeward.',
    byIssuer: 'Ваше учреждение обеспечивает вход здесь:',
    thenCase: 'Затем откройте дело:',
    thenInbox: 'Затем посмотрите, что ждёт вас:',
    orPage: 'Или воспользуйтесь страницей интерфейса в этом браузере:',
    apiPage: 'страница API',
    otherLanguages: 'Другие языки',
  },
  ar: {
    language: 'العربية',
    direction: 'rtl',
    caseTitle: 'تُعرض هذه الحالة بعد تسجيل الدخول',
    inboxTitle: 'تُعرض مهامك بعد تسجيل الدخول',
    why: 'هذه الصفحة هي نفسها لكل رقم مرجعي، ولا تدل على وجود حالة بهذا الرقم أو عدم وجودها. يُستخدم Homeward حاليًا من الطرفية، وستأتي الشاشات لاحقًا.',
    firstSignIn: 'سجّل الدخول برابطك:',
    byLink: 'يعمل رابط تسجيل الدخول مرة واحدة ولمدة خمس عشرة دقيقة. اطلبه ممن يتولى تشغيل Homeward في جهتك.',
    byIssuer: 'تتيح لك جهتك تسجيل الدخول هنا:',
    thenCase: 'ثم افتح الحالة:',
    thenInbox: 'ثم انظر ما ينتظرك:',
    orPage: 'أو استخدم صفحة الواجهة في هذا المتصفح:',
    apiPage: 'صفحة API',
    otherLanguages: 'لغات أخرى',
  },
} as const satisfies Record<Language, EntryTexts>;
