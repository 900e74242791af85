/** The day of a hosted child: what its host notes, and who reads it. */
import { eventReaders } from '../../../src/domain/readers/event-readers';
import { caseIn } from '../../support/factories';

describe('the daily note', () => {
  const day = { ate: 'little', slept: 'not-at-all', mood: 'low', health: 'ill' } as const;

  test('says of the day what the host saw, each thing by its code', () => {
    const play = caseIn('hosting').fork();
    const events = play.take('host', { type: 'writeWelfareNote', wellbeing: 'well', note: 'n', ...day });
    expect(events).toEqual([
      { type: 'WelfareNoted', wellbeing: 'well', note: 'n' },
      { type: 'DayNoted', ...day },
    ]);
    expect(play.state.dailyNote).toEqual({ at: play.now, ...day });
    play.take('host', { type: 'writeWelfareNote', wellbeing: 'well', ate: 'well' });
    expect(play.state.dailyNote).toEqual({ at: play.now, ate: 'well' });
  });

  test('is as before where nothing more was said, and leaves what was said last', () => {
    const play = caseIn('hosting').fork();
    play.take('host', { type: 'writeWelfareNote', wellbeing: 'well', ...day });
    const { dailyNote } = play.state;
    expect(play.take('host', { type: 'writeWelfareNote', wellbeing: 'concern' })).toEqual([
      { type: 'WelfareNoted', wellbeing: 'concern' },
    ]);
    expect(play.state.dailyNote).toEqual(dailyNote);
    expect(play.state.concerns).toMatchObject([{ id: `note-${play.state.version}`, party: 'embassy' }]);
  });

  test('ends with the stay', () => {
    const play = caseIn('hosting').fork();
    play.take('host', { type: 'writeWelfareNote', wellbeing: 'well', ...day });
    play.take('officer', { type: 'closeCase', outcome: 'other', note: 'n' });
    expect(play.state.dailyNote).toBeUndefined();
  });

  test('is the host’s and the mediator’s to read; that the child is well, also those who wait for it', () => {
    expect(eventReaders.DayNoted).toEqual(['mediator', 'host']);
    expect(eventReaders.WelfareNoted).toContain('requesting');
  });
});
