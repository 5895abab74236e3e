/**
 * The pure speculation controller: events (each with its time) in, actions out; no clock, thread, randomness or logger.
 *
 * <p>The contract: feed one event, carry out all the actions it returned, in order, then feed the next. The same events
 * always give the same actions. Replies come back as events only.
 *
 * <p>Where to find what:
 *
 * <table>
 *   <caption>Who decides what</caption>
 *   <tr><td>{@link io.wanspec.controller.SpeculationController}</td><td>the way of one event: take in, decide, act</td></tr>
 *   <tr><td>{@code TargetLink}, {@code WorkerLinks}</td><td>links: opened, lost, opened again; frames that are refused</td></tr>
 *   <tr><td>{@code AnswerIntake}, {@code DraftIntake}</td><td>what the target and the workers send: committed, or placed in the
 *       tree</td></tr>
 *   <tr><td>{@code DraftPlanner}</td><td>how workers draft: windows, shares, who drafts unasked</td></tr>
 *   <tr><td>{@code ArrivalForecast}, {@code WorkerForecast}</td><td>when a draft token will arrive</td></tr>
 *   <tr><td>{@code BusyRegionDrafting}, {@code BusyPassPrice}</td><td>which positions the busy region drafts as well, and what a
 *       pass for them must save</td></tr>
 *   <tr><td>{@code RoundPlanner}</td><td>what the next round takes: verify now or wait, and which part of the tree</td></tr>
 *   <tr><td>{@link io.wanspec.controller.LearnedEstimates}</td><td>what earlier requests taught, and the guard</td></tr>
 *   <tr><td>{@code policy}</td><td>the rules that those ask, one a file</td></tr>
 * </table>
 */
@NullMarked
package io.wanspec.controller;

import org.jspecify.annotations.NullMarked;
