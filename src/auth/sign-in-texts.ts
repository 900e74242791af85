/** What the pages before the console say, per language. */
import type { Language } from '../contracts/mechanism/mechanism';

export interface SignInTexts {
  /** Of the language in itself. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly otherLanguages: string;
  readonly signIn: string;
  /** Before the button that uses a link up. */
  readonly once: string;
  readonly pasteLink: string;
  readonly whereLinksComeFrom: string;
  readonly link: string;
  readonly deadTitle: string;
  readonly dead: string;
  readonly anotherLink: string;
  readonly failedTitle: string;
  readonly again: string;
  readonly failed: Readonly<Record<SignInFailure, string>>;
}
/**
 * `not-finished`: too long ago, begun in another browser, or refused at the issuer. `unbound`: an account that is no
 * official. `elsewhere`: another site had this browser send the form.
 */
export type SignInFailure = 'not-finished' | 'unbound' | 'unreachable' | 'not-set-up' | 'elsewhere';

export const signInTexts = {
  en: {
    language: 'English',
    direction: 'ltr',
    otherLanguages: 'Other languages',
    signIn: 'Sign in',
    once: 'This link signs you in once, in this browser.',
    pasteLink: 'Paste your sign-in link.',
    whereLinksComeFrom:
      'A link works once, for fifteen minutes. Ask whoever runs Homeward in your office for one; the terminal in which it was started prints them.',
    link: 'Sign-in link',
    deadTitle: 'This link no longer works',
    dead: 'It was used before, is older than fifteen minutes, or never existed.',
    anotherLink: 'Use another link',
    failedTitle: 'You are not signed in',
    again: 'Try again',
    failed: {
      'not-finished':
        'The sign-in was not finished: it took longer than ten minutes, was begun in another browser, or was refused at your office.',
      unbound:
        'Your office knows you, but Homeward has no official with your account. Ask the mediator to enter it.',
      unreachable: 'The sign-in of your office does not answer. Try again in a minute.',
      'not-set-up':
        'Sign-in by browser is not set up here yet. Whoever runs Homeward must give it a client of your issuer (OIDC_CLIENT_ID).',
      elsewhere: 'Another site sent this form. Open your link yourself.',
    },
  },
  uk: {
    language: 'Українська',
    direction: 'ltr',
    otherLanguages: 'Інші мови',
    signIn: 'Увійти',
    once: 'За цим посиланням можна увійти один раз, у цьому браузері.',
    pasteLink: 'Вставте своє посилання для входу.',
    whereLinksComeFrom:
      'Посилання діє один раз, п’ятнадцять хвилин. Його надає той, хто у вашій установі відповідає за Homeward; також його показано в терміналі, де запущено Homeward.',
    link: 'Посилання для входу',
    deadTitle: 'Це посилання більше не діє',
    dead: 'Його вже використано, йому понад п’ятнадцять хвилин, або такого посилання не було.',
    anotherLink: 'Використати інше посилання',
    failedTitle: 'Ви не увійшли',
    again: 'Спробувати ще раз',
    failed: {
      'not-finished':
        'Вхід не завершено: минуло понад десять хвилин, його розпочато в іншому браузері або у вашій установі в ньому відмовлено.',
      unbound:
        'Ваша установа вас знає, але у Homeward немає посадової особи з вашим обліковим записом. Попросіть посередника додати його.',
      unreachable: 'Служба входу вашої установи не відповідає. Спробуйте за хвилину.',
      'not-set-up':
        'Вхід через браузер тут ще не налаштовано. Той, хто відповідає за Homeward, має вказати клієнта вашої служби входу (OIDC_CLIENT_ID).',
      elsewhere: 'Цю форму надіслав інший сайт. Відкрийте своє посилання самі.',
    },
  },
  ru: {
    language: 'Русский',
    direction: 'ltr',
    otherLanguages: 'Другие языки',
    signIn: 'Войти',
    once: 'По этой ссылке можно войти один раз, в этом браузере.',
    pasteLink: 'Вставьте свою ссылку для входа.',
    whereLinksComeFrom:
      'Ссылка действует один раз, пятнадцать минут. Её выдаёт тот, кто в вашем учреждении отвечает за Homeward; она также видна в терминале, где запущен Homeward.',
    link: 'Ссылка для входа',
    deadTitle: 'Эта ссылка больше не действует',
    dead: 'Её уже использовали, ей больше пятнадцати минут, или такой ссылки не было.',
    anotherLink: 'Использовать другую ссылку',
    failedTitle: 'Вы не вошли',
    again: 'Попробовать ещё раз',
    failed: {
      'not-finished':
        'Вход не завершён: прошло больше десяти минут, он начат в другом браузере или отклонён в вашем учреждении.',
      unbound:
        'Ваше учреждение вас знает, но в Homeward нет должностного лица с вашей учётной записью. Попросите посредника её внести.',
      unreachable: 'Служба входа вашего учреждения не отвечает. Попробуйте через минуту.',
      'not-set-up':
        'Вход через браузер здесь ещё не настроен. Тот, кто отвечает за Homeward, должен указать клиента вашей службы входа (OIDC_CLIENT_ID).',
      elsewhere: 'Эту форму отправил другой сайт. Откройте свою ссылку сами.',
    },
  },
  ar: {
    language: 'العربية',
    direction: 'rtl',
    otherLanguages: 'لغات أخرى',
    signIn: 'تسجيل الدخول',
    once: 'يتيح هذا الرابط تسجيل الدخول مرة واحدة في هذا المتصفح.',
    pasteLink: 'ألصق رابط تسجيل الدخول الخاص بك.',
    whereLinksComeFrom:
      'يعمل الرابط مرة واحدة ولمدة خمس عشرة دقيقة. اطلبه ممن يتولى تشغيل Homeward في جهتك، وهو يظهر أيضًا في الطرفية التي شُغّل فيها.',
    link: 'رابط تسجيل الدخول',
    deadTitle: 'لم يعد هذا الرابط صالحًا',
    dead: 'استُخدم من قبل، أو مضى عليه أكثر من خمس عشرة دقيقة، أو لم يوجد قط.',
    anotherLink: 'استخدام رابط آخر',
    failedTitle: 'لم يتم تسجيل دخولك',
    again: 'المحاولة مرة أخرى',
    failed: {
      'not-finished': 'لم يكتمل تسجيل الدخول: مضى أكثر من عشر دقائق، أو بدأ في متصفح آخر، أو رُفض لدى جهتك.',
      unbound: 'تعرفك جهتك، لكن لا يوجد في Homeward مسؤول بحسابك. اطلب من الوسيط إضافته.',
      unreachable: 'خدمة تسجيل الدخول في جهتك لا تستجيب. حاول بعد دقيقة.',
      'not-set-up':
        'لم يُعدّ تسجيل الدخول عبر المتصفح هنا بعد. على من يتولى تشغيل Homeward أن يحدد عميلًا لدى خدمة الدخول في جهتك (OIDC_CLIENT_ID).',
      elsewhere: 'أرسل موقع آخر هذا النموذج. افتح رابطك بنفسك.',
    },
  },
} as const satisfies Record<Language, SignInTexts>;
