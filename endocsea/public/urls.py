from django.urls import path

from .views import (
    capabilities,
    figures,
    glossary,
    help,
    home,
    indicators,
    instruments,
    knowledge,
    pages,
    state_files,
    states,
)

app_name = "public"

urlpatterns = [
    path("", home.home, name="home"),
    path("states/", states.index, name="states"),
    path("states/states.csv", state_files.states, name="states_csv"),
    path("states/<slug:slug>/", states.state, name="state"),
    path("states/<slug:slug>/treaties.csv", state_files.treaties, name="treaties_csv"),
    path("states/<slug:slug>/provisions.csv", state_files.provisions, name="provisions_csv"),
    path("states/<slug:slug>/observations.csv", state_files.observations, name="observations_csv"),
    path("states/<slug:slug>/figures.csv", state_files.figures, name="state_figures_csv"),
    path("states/<slug:slug>/profile.csv", state_files.profile, name="profile_csv"),
    path("capabilities/", capabilities.index, name="capabilities"),
    path("capabilities/<int:number>/", capabilities.capability, name="capability"),
    path("capabilities/<int:number>/spread.csv", state_files.spread, name="spread_csv"),
    path("standards/", instruments.index, name="standards"),
    path("standards/instruments.csv", instruments.index_csv, name="instruments_csv"),
    path("standards/treaties/", instruments.treaties, name="treaties"),
    path("standards/treaties/treaties.csv", instruments.treaties_csv, name="all_treaties_csv"),
    path("standards/<slug:slug>/", instruments.instrument, name="instrument"),
    path("standards/<slug:slug>/states.csv", instruments.states_csv, name="instrument_states_csv"),
    path(
        "standards/<slug:slug>/provisions.csv", instruments.provisions_csv, name="instrument_provisions_csv"
    ),
    path("standards/<slug:slug>/<slug:article>/", instruments.article, name="article"),
    path("standards/<slug:slug>/<slug:article>/states.csv", instruments.article_csv, name="article_csv"),
    path("indicators/", indicators.index, name="indicators"),
    path("indicators/indicators.csv", indicators.index_csv, name="indicators_csv"),
    path("indicators/<str:code>/", indicators.indicator, name="indicator"),
    path("indicators/<str:code>/observations.csv", indicators.observations_csv, name="indicator_csv"),
    path("figures/", figures.index, name="figures"),
    path("figures/<slug:code>/", figures.metric, name="metric"),
    path("figures/<slug:code>/figures.csv", figures.metric_csv, name="metric_csv"),
    path("glossary/", glossary.index, name="glossary"),
    path("glossary/terms.csv", glossary.terms_csv, name="terms_csv"),
    path("how-we-know/", knowledge.index, name="how_we_know"),
    path("how-we-know/records.csv", knowledge.records_csv, name="records_csv"),
    path("help/", help.index, name="help"),
    path("help/channels.csv", help.channels_csv, name="channels_csv"),
    path("help/<slug:slug>/", help.of_state, name="help_of_state"),
    path("about/", pages.about, name="about"),
    path("method/", pages.method, name="method"),
]
