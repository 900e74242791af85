/** Jest runs each kind of runner after the other, and one that calls itself serial file by file. */
const { default: TestRunner } = require('jest-runner');

module.exports = class SerialRunner extends TestRunner {
  isSerial = true;
};
