from django.urls import path

from .views import importing, languages, listing, making

app_name = "questionnaires"
urlpatterns = [
    path("questionnaires/", listing.questionnaires, name="questionnaires"),
    path("questionnaires/build/", listing.build, name="build"),
    path("questionnaires/import/", importing.bring, name="import"),
    path("questionnaires/import/take/", importing.take, name="take-workbook"),
    path("questionnaires/<slug:code>/compare/<int:one>/<int:two>/", listing.compare, name="compare"),
    path("questionnaires/<slug:code>/<int:number>/", making.version, name="version"),
    path("questionnaires/<slug:code>/<int:number>/edit/", making.edit, name="edit"),
    path("questionnaires/<slug:code>/<int:number>/item/<path:path>/", making.item, name="item"),
    path("questionnaires/<slug:code>/<int:number>/next/", making.next_version, name="next-version"),
    path("questionnaires/<slug:code>/<int:number>/form.xlsx", making.workbook, name="workbook"),
    path("questionnaires/<slug:code>/<int:number>/languages/", languages.languages, name="languages"),
    path(
        "questionnaires/<slug:code>/<int:number>/languages/workbook.xlsx",
        languages.download,
        name="new-language",
    ),
    path(
        "questionnaires/<slug:code>/<int:number>/languages/<slug:language>.xlsx",
        languages.download,
        name="language",
    ),
    path("questionnaires/<slug:code>/<int:number>/languages/take/", languages.take, name="take-language"),
]
