/**
 * Model containers without a model: a target and a draft of a made-up language behind SageMaker's container contract. They
 * stand behind the emulator where what talks to SageMaker is tested, and not the models.
 */
@NullMarked
package io.wanspec.emulator.toy;

import org.jspecify.annotations.NullMarked;
