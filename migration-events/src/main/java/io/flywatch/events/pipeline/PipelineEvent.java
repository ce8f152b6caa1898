package io.flywatch.events.pipeline;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.flywatch.events.FlywatchEvent;

/** What happens on {@link io.flywatch.events.Topics#PIPELINES}. A pipeline that ended is a record without a value. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type", defaultImpl = UnknownPipeline.class)
@JsonSubTypes(@Type(name = "pipeline.declared", value = PipelineDeclared.class))
public sealed interface PipelineEvent extends FlywatchEvent permits PipelineDeclared, UnknownPipeline {}
