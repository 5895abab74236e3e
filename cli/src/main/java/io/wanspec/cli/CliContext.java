package io.wanspec.cli;

import io.wanspec.local.launch.Cloud;
import io.wanspec.local.models.ModelStore;
import io.wanspec.local.models.WanspecHome;

/**
 * What commands work with.
 *
 * @param clouds starts local clouds
 */
record CliContext(Console console, WanspecHome home, ModelStore models, Cloud.Starter clouds) {}
